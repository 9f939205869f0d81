using System.Globalization;
using SloPortal.Application.Incidents.Timeline.Marks;
using SloPortal.Domain.Incidents.Timeline.Marks;

namespace SloPortal.Web.Incidents.Timeline.Marks;

/// <summary>Evidence as an address of the portal, and an address as evidence.</summary>
internal static class EvidenceAddress
{
    /// <summary>So much before and after the time of an entry its objective's story shows.</summary>
    private static readonly TimeSpan Around = TimeSpan.FromMinutes(30);

    public static string Of(LinkRow link) => link.Evidence switch
    {
        { Kind: EvidenceKind.Objective, Path: var (service, slug), At: { } at } => Routes.ObjectiveAt(service, slug, at - Around, at + Around),
        { Kind: EvidenceKind.Objective, Path: var (service, slug) } => Routes.Objective(service, slug),
        { Kind: EvidenceKind.Signal, Id: { } id } => Routes.Signal(id),
        { Kind: EvidenceKind.Page, Number: { } number } => Routes.Page(number),
        { Kind: EvidenceKind.Deployment } => Routes.Service(link.Within ?? ""),
        { Kind: EvidenceKind.Attachment, Id: { } id } => Routes.AttachmentFile(int.Parse(link.Within ?? "0", CultureInfo.InvariantCulture), id),
        { Kind: EvidenceKind.Service, Reference: var slug } => Routes.Service(slug),
        var other => other.Reference,
    };

    /// <summary>What stands in the browser's line, or only its path. What is no address of the portal is one outside of it.</summary>
    /// <param name="origin">Of the portal, with a slash at its end.</param>
    public static Evidence Read(string text, string origin)
    {
        var address = text.Trim();
        if (address.StartsWith(origin, StringComparison.OrdinalIgnoreCase))
            address = address[(origin.Length - 1)..];
        var path = address.Split('?', '#')[0];
        return path.Split('/') switch
        {
            ["", "pages", var number] => new(EvidenceKind.Page, number),
            ["", "signals", var id] => new(EvidenceKind.Signal, id),
            ["", "services", var slug] => new(EvidenceKind.Service, slug),
            ["", "objectives", var service, var slug] => new(EvidenceKind.Objective, $"{service}/{slug}"),
            ["", "api", "v1", "incidents", _, "attachments", var id] => new(EvidenceKind.Attachment, id),
            _ => new(EvidenceKind.Address, address),
        };
    }
}
