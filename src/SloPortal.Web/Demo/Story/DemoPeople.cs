using SloPortal.Domain.Access;

namespace SloPortal.Web.Demo.Story;

internal sealed record DemoTeam(string Slug, string Name, string Description);

/// <param name="Key">How the rest of the story names the person; also the local part of the address.</param>
/// <param name="Duty">What the person does at the company, for the button that signs in as them.</param>
internal sealed record DemoPerson(string Key, string Name, string Duty, Role Role, params string[] Teams)
{
    public string Email => $"{Key}@{DemoPeople.Domain}";
}

/// <summary>Who works at Larkfield Outfitters, an invented shop for everything outdoors.</summary>
internal static class DemoPeople
{
    public const string Company = "Larkfield Outfitters";

    /// <summary>Reserved for examples (RFC 2606), so no mail ever reaches anybody.</summary>
    public const string Domain = "larkfield.example";

    public const string Administrator = "ines";

    public static readonly IReadOnlyList<DemoTeam> Teams =
    [
        new("buying", "Buying", "Everything between the basket and the receipt."),
        new("discovery", "Discovery", "Helps people find what they came for, and what they did not know they wanted."),
        new("fulfilment", "Fulfilment", "From the paid order to the parcel at the door."),
        new("platform", "Platform", "The ground that the other teams stand on: gateway, accounts, pipelines."),
    ];

    public static readonly IReadOnlyList<DemoPerson> People =
    [
        new(Administrator, "Ines Moreau", "Runs the portal", Role.Administrator, "platform"),
        new("tomas", "Tomas Lindqvist", "Owns checkout and payments", Role.ServiceOwner, "buying"),
        new("priya", "Priya Raman", "Owns search and recommendations", Role.ServiceOwner, "discovery"),
        new("jonas", "Jonas Weber", "Owns orders, shipping, accounts and the gateway", Role.ServiceOwner, "fulfilment", "platform"),
        new("clara", "Clara Nilsson", "Head of e-commerce, stakeholder", Role.Viewer),
        new("david", "David Okafor", "Leads customer care, stakeholder", Role.Viewer),
        new("aiko", "Aiko Tanaka", "Incident commander", Role.IncidentCommander, "platform"),
        new("ruth", "Ruth Adler", "Auditor", Role.Auditor),
        new("sam", "Sam Byrne", "Viewer", Role.Viewer),
    ];
}
