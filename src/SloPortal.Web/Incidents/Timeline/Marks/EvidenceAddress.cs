using System.Globalization;
using SloPortal.Application.Incidents.Timeline.Marks;
using SloPortal.Domain.Incidents.Timeline.Marks;

namespace SloPortal.Web.Incidents.Timeline.Marks;

/// <summary>Evidence as an address of the portal, and an address as evidence.</summary>
internal static class EvidenceAddress
{
    /// <summary>So much before and after the time of an entry its objective's story shows.</summary>
    private static readonly TimeSpan Around = TimeSpan.FromMinutes(30);

    public static string Of(LinkRow link) => Of(link.Evidence, link.Within);

    /// <param name="within">See <see cref="LinkRow.Within"/>.</param>
    public static string Of(Evidence evidence, string? within) => evidence switch
    {
        { Kind: EvidenceKind.Objective, Path: var (service, slug), At: { } at } => Routes.ObjectiveAt(service, slug, at - Around, at + Around),
        { Kind: EvidenceKind.Objective, Path: var (service, slug) } => Routes.Objective(service, slug),
        { Kind: EvidenceKind.Signal, Id: { } id } => Routes.Signal(id),
        { Kind: EvidenceKind.Page, Number: { } number } => Routes.Page(number),
        { Kind: EvidenceKind.Deployment } => Routes.Service(within ?? ""),
        { Kind: EvidenceKind.Attachment, Id: { } id } => Routes.AttachmentFile(int.Parse(within ?? "0", CultureInfo.InvariantCulture), id),
        { Kind: EvidenceKind.Service, Reference: var slug } => Routes.Service(slug),
        { Kind: EvidenceKind.Sli, Counted: (var sli, { } segment) } => Routes.Segment(sli, segment),
        { Kind: EvidenceKind.Sli, Counted: (var sli, null) } => Routes.Sli(sli),
        { Kind: EvidenceKind.Probe, Number: { } number } => Routes.Source(number),
        { Kind: EvidenceKind.Vendor, Reference: var slug } => Routes.Vendor(slug),
        { Kind: EvidenceKind.Incident } => Routes.Incident(int.Parse(within ?? "0", CultureInfo.InvariantCulture)),
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
            ["", "vendors", var slug] => new(EvidenceKind.Vendor, slug),
            ["", "slis", var sli] => new(EvidenceKind.Sli, sli),
            ["", "slis", var sli, "segments", var segment] => new(EvidenceKind.Sli, $"{sli}/{segment}"),
            ["", "objectives", var service, var slug] => new(EvidenceKind.Objective, $"{service}/{slug}"),
            ["", "api", "v1", "incidents", _, "attachments", var id] => new(EvidenceKind.Attachment, id),
            _ => new(EvidenceKind.Address, address),
        };
    }
}
