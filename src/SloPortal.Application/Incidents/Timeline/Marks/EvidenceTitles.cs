using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Incidents.Timeline.Marks;
using SloPortal.Domain.Measurement.Segments;

namespace SloPortal.Application.Incidents.Timeline.Marks;

/// <param name="Within">See <see cref="LinkRow.Within"/>.</param>
internal sealed record EvidenceTitle(string Text, string? Within = null);

/// <summary>What evidence is called, as far as somebody may see it.</summary>
internal static class EvidenceTitles
{
    /// <returns>Of those that are there for the actor.</returns>
    public static async Task<IReadOnlyDictionary<Evidence, EvidenceTitle>> OfAsync(PortalDbContext db, Actor actor, IReadOnlyCollection<Evidence> evidence, CancellationToken ct)
    {
        var found = new Dictionary<Evidence, EvidenceTitle>();
        foreach (var kind in evidence.Distinct().GroupBy(e => e.Kind))
        {
            var titles = await OfKindAsync(db, actor, kind.Key, [.. kind], ct);
            foreach (var one in kind)
            {
                if (titles.TryGetValue(KeyOf(one), out var title))
                    found[one] = title;
            }
        }
        return found;
    }

    // Ids and numbers can be written in several ways.
    private static string KeyOf(Evidence one) => one.Kind switch
    {
        EvidenceKind.Page or EvidenceKind.Probe => one.Number?.ToString(CultureInfo.InvariantCulture) ?? "",
        EvidenceKind.Signal or EvidenceKind.Deployment or EvidenceKind.Attachment or EvidenceKind.Incident => one.Id?.ToString() ?? "",
        EvidenceKind.Objective or EvidenceKind.Service or EvidenceKind.Vendor or EvidenceKind.Sli or EvidenceKind.Address => one.Reference,
        _ => throw new ArgumentOutOfRangeException(nameof(one), one.Kind, null),
    };

    private static async Task<Dictionary<string, EvidenceTitle>> OfKindAsync(PortalDbContext db, Actor actor, EvidenceKind kind, Evidence[] evidence, CancellationToken ct)
    {
        var ids = evidence.Select(e => e.Id).OfType<Guid>().ToArray();
        switch (kind)
        {
            case EvidenceKind.Objective:
                var services = evidence.Select(e => e.Path?.Service).OfType<string>().ToArray();
                return (await db.Objectives.AsNoTracking().Join(db.Services, o => o.ServiceId, s => s.Id, (o, s) => new { o.Slug, o.Name, Service = s.Slug, ServiceName = s.Name })
                    .Where(o => services.Contains(o.Service)).ToListAsync(ct)).ToDictionary(o => $"{o.Service}/{o.Slug}", o => new EvidenceTitle($"{o.Name} of {o.ServiceName}"));
            case EvidenceKind.Signal:
                return await db.Signals.AsNoTracking().Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id.ToString(), s => new EvidenceTitle(s.Title), ct);
            case EvidenceKind.Page:
                var numbers = evidence.Select(e => e.Number).OfType<int>().ToArray();
                return await db.Pages.AsNoTracking().Where(p => numbers.Contains(p.Number))
                    .ToDictionaryAsync(p => p.Number.ToString(CultureInfo.InvariantCulture), p => new EvidenceTitle($"Page {p.Number}: {p.Title}"), ct);
            case EvidenceKind.Deployment:
                return (await db.Deployments.AsNoTracking().Where(d => ids.Contains(d.Id)).Join(db.Services, d => d.ServiceId, s => s.Id, (d, s) => new { d.Id, d.Version, d.Environment, s.Slug }).ToListAsync(ct))
                    .ToDictionary(d => d.Id.ToString(), d => new EvidenceTitle($"{d.Slug} {d.Version} to {d.Environment}", d.Slug));
            case EvidenceKind.Attachment:
                return (await db.Attachments.AsNoTracking().Where(a => ids.Contains(a.Id)).Join(db.IncidentsFor(actor), a => a.IncidentId, i => i.Id, (a, i) => new { a.Id, a.FileName, i.Number }).ToListAsync(ct))
                    .ToDictionary(a => a.Id.ToString(), a => new EvidenceTitle(a.FileName, a.Number.ToString(CultureInfo.InvariantCulture)));
            case EvidenceKind.Service:
                var slugs = evidence.Select(e => e.Reference).ToArray();
                return await db.Services.AsNoTracking().Where(s => slugs.Contains(s.Slug)).ToDictionaryAsync(s => s.Slug, s => new EvidenceTitle(s.Name), ct);
            case EvidenceKind.Sli:
                return await CountedAsync(db, [.. evidence.Where(e => e.Counted is not null)], ct);
            case EvidenceKind.Probe:
                var probes = evidence.Select(e => e.Number).OfType<int>().ToArray();
                return await db.Probes.AsNoTracking().Where(p => probes.Contains(p.SourceId)).Join(db.Sources, p => p.SourceId, s => s.Id, (p, s) => new { s.Id, s.Name })
                    .ToDictionaryAsync(s => s.Id.ToString(CultureInfo.InvariantCulture), s => new EvidenceTitle(s.Name), ct);
            case EvidenceKind.Vendor:
                var vendors = evidence.Select(e => e.Reference).ToArray();
                return await db.Vendors.AsNoTracking().Where(v => vendors.Contains(v.Slug)).ToDictionaryAsync(v => v.Slug, v => new EvidenceTitle(v.Name), ct);
            case EvidenceKind.Incident:
                return await db.IncidentsFor(actor).AsNoTracking().Where(i => ids.Contains(i.Id))
                    .ToDictionaryAsync(i => i.Id.ToString(), i => new EvidenceTitle($"{i.Code} {i.Title}", i.Number.ToString(CultureInfo.InvariantCulture)), ct);
            case EvidenceKind.Address:
                return evidence.DistinctBy(e => e.Reference).ToDictionary(e => e.Reference, e => new EvidenceTitle(e.Reference));
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, null);
        }
    }

    private static async Task<Dictionary<string, EvidenceTitle>> CountedAsync(PortalDbContext db, Evidence[] evidence, CancellationToken ct)
    {
        var slis = evidence.Select(e => e.Counted!.Value.Sli).ToArray();
        var parts = evidence.Select(e => e.Counted!.Value.Segment).OfType<int>().ToArray();
        var names = await db.Slis.AsNoTracking().Where(s => slis.Contains(s.Id)).Join(db.Services, s => s.ServiceId, s => s.Id, (sli, service) => new { sli.Id, Name = sli.Name + " of " + service.Name })
            .ToDictionaryAsync(s => s.Id, s => s.Name, ct);
        var segments = await db.SliSegments.AsNoTracking().Where(s => parts.Contains(s.Id)).ToDictionaryAsync(s => s.Id, ct);
        var titles = new Dictionary<string, EvidenceTitle>();
        foreach (var (reference, (sli, part)) in evidence.Select(e => (e.Reference, e.Counted!.Value)).DistinctBy(e => e.Reference))
        {
            if (names.TryGetValue(sli, out var name) && part is null)
                titles[reference] = new(name);
            else if (name is not null && segments.TryGetValue(part!.Value, out var segment) && segment.SliId == sli)
                titles[reference] = new($"{(segment.IsOther ? "all others" : string.Join(", ", segment.LabelValues.Select(SliSegment.Shown)))} in {name}");
        }
        return titles;
    }
}
