using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Response.Teams;

namespace SloPortal.Application.Incidents.Response.Teams;

/// <summary>What the operations on links share.</summary>
internal static class IncidentLinks
{
    /// <summary>Why the second cannot be a part of the first, a sentence. Parts have no parts of their own: one view shows all of them.</summary>
    public static string? WhyNotChild(IReadOnlyCollection<IncidentLink> links, Guid parent, Guid child)
    {
        var children = links.Where(l => l.Kind == IncidentLinkKind.Child).ToList();
        return children.Exists(l => l.SecondId == child) ? "An incident is a part of one other at most. Take that link away first."
            : children.Exists(l => l.SecondId == parent) ? "What is a part of another incident has no parts of its own. Link it to the whole instead."
            : children.Exists(l => l.FirstId == child) ? "What has parts of its own is no part of another. Link its parts to the whole instead, or say that the two are related."
            : null;
    }

    /// <summary>Records it for each; neither names the other, since the other may be hidden from whoever reads it.</summary>
    public static void Tell(Change change, string action, IncidentLinkKind kind, params Incident[] both)
    {
        foreach (var incident in both)
        {
            change.Audit(action, "incident", incident.Id, IncidentToChange.Named(incident), new { kind });
            change.Publish(TeamsTopic.Of(incident.Id));
        }
    }

    /// <summary>Links of what was merged are the survivor's; a part that cannot be one there is related.</summary>
    public static async Task MoveAsync(Change change, Incident from, Incident survivor, CancellationToken ct)
    {
        var moved = await change.Db.IncidentLinks.Where(l => l.FirstId == from.Id || l.SecondId == from.Id).ToListAsync(ct);
        var others = moved.ConvertAll(l => l.OtherThan(from.Id));
        var kept = await change.Db.IncidentLinks.Where(l => (l.FirstId == survivor.Id || l.SecondId == survivor.Id || others.Contains(l.FirstId) || others.Contains(l.SecondId)) && l.FirstId != from.Id && l.SecondId != from.Id).ToListAsync(ct);
        change.Db.IncidentLinks.RemoveRange(moved);
        foreach (var link in moved)
        {
            var other = link.OtherThan(from.Id);
            if (other == survivor.Id || kept.Exists(l => l.OtherThan(survivor.Id) == other && (l.FirstId == survivor.Id || l.SecondId == survivor.Id)))
                continue;
            var (first, second) = link.FirstId == from.Id ? (survivor.Id, other) : (other, survivor.Id);
            var kind = link.Kind == IncidentLinkKind.Child && WhyNotChild(kept, first, second) is null ? IncidentLinkKind.Child : IncidentLinkKind.Related;
            var own = new IncidentLink(first, second, kind, link.LinkedBy, link.LinkedAt);
            kept.Add(own);
            change.Db.IncidentLinks.Add(own);
        }
    }
}
