using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents.Timeline.Clocks;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.Domain.Incidents.Escalation;
using SloPortal.Domain.Incidents.Timeline;
using SloPortal.Domain.Incidents.Timeline.Phases;

namespace SloPortal.Application.Incidents.Timeline.Phases;

/// <summary>What an entry of <see cref="EntryKind.Phase"/> says to programs.</summary>
/// <param name="At">Null takes what is derived again.</param>
/// <param name="Derived">As it was then; null where it was not known.</param>
/// <param name="Before">What was adjusted before.</param>
internal sealed record PhaseDetails(Phase Phase, DateTimeOffset? At, DateTimeOffset? Derived, DateTimeOffset? Before, string Reason);

/// <summary>Gathers what the phases of incidents follow from: entries as they were corrected, alerts, and the pages that these opened.</summary>
internal static class PhaseReading
{
    private static readonly EntryKind[] Telling = [EntryKind.Declared, EntryKind.Status, EntryKind.Impact, EntryKind.Phase];

    /// <param name="incidents">With their alerts; ones that go on in others are parts of those.</param>
    /// <param name="visible">Those that the reader may see, for what was merged into them.</param>
    public static async Task<IReadOnlyDictionary<Guid, IncidentPhases>> OfAsync(PortalDbContext db, IReadOnlyList<Incident> incidents, IQueryable<Incident> visible, CancellationToken ct)
    {
        Guid[] ids = [.. incidents.Select(i => i.Id)];
        var merged = (await visible.Where(m => m.MergedIntoId != null && ids.Contains(m.MergedIntoId.Value)).Select(m => new { m.Id, Into = m.MergedIntoId!.Value, m.DeclaredAt }).ToListAsync(ct))
            .ToLookup(m => m.Into);
        Guid[] chains = [.. ids, .. merged.SelectMany(m => m).Select(m => m.Id)];
        var entries = await db.TimelineEntries.AsNoTracking()
            .Where(e => chains.Contains(e.IncidentId) && (Telling.Contains(e.Kind) || (e.Kind == EntryKind.Alert && e.ClientKey.EndsWith("/fired"))))
            .OrderBy(e => e.Number)
            .Select(e => new Line(e.Id, e.IncidentId, e.Kind, e.OccurredAt, e.RecordedAt, e.AuthorName, e.Details, e.SupersedesId, e.ClientKey, e.Source, e.Provenance)).ToListAsync(ct);
        var corrections = entries.Where(e => e.SupersedesId is not null).GroupBy(e => e.SupersedesId!.Value).ToDictionary(g => g.Key, g => g.First());
        var clocks = await TimelineClocks.ReadAsync(db, chains, null, ct);
        var survivors = merged.SelectMany(m => m).ToDictionary(m => m.Id, m => m.Into);
        var lines = entries.Where(e => e.SupersedesId is null).Select(e => AtTrueTime(e, corrections, clocks, survivors)).ToLookup(e => e.IncidentId);
        Guid[] alerts = [.. incidents.SelectMany(i => i.Alerts).Select(a => a.AlertId).Distinct()];
        var fired = await db.Alerts.AsNoTracking().Where(a => alerts.Contains(a.Id)).Select(a => new { a.Id, a.FiredAt }).ToDictionaryAsync(a => a.Id, a => a.FiredAt, ct);
        var pages = await PagesAsync(db, alerts, ct);
        return incidents.ToDictionary(i => i.Id, i =>
        {
            var own = lines[i.Id].ToList();
            var with = merged[i.Id].SelectMany(m => lines[m.Id]).ToList();
            var all = own.Concat(with).ToList();
            var called = i.Alerts.SelectMany(a => pages[a.AlertId]).DistinctBy(p => p.Number).ToList();
            return IncidentPhases.Of(
                new PhaseFacts(
                    new Sign(i.StartedAt, SignKind.Start, own.LastOrDefault(SaysStart)?.Id),
                    [
                        .. i.Alerts.Where(a => fired.ContainsKey(a.AlertId)).Select(a => Fired(fired[a.AlertId], all.Find(e => e.ClientKey == Detection.Signals.FiredKey(a.AlertId)))),
                        .. called.Select(p => new Sign(p.OpenedAt, SignKind.Page, Page: p.Number)),
                        .. merged[i.Id].Select(m => Declaration(m.DeclaredAt, lines[m.Id])).Prepend(Declaration(i.DeclaredAt, own)),
                    ],
                    [
                        .. called.Where(p => p.AcknowledgedAt is not null).Select(p => new Sign(p.AcknowledgedAt!.Value, SignKind.PageTaken, Page: p.Number)),
                        .. Statuses(with).Where(s => s.To == IncidentStatus.Acknowledged).Select(s => new Sign(s.At, SignKind.Status, s.Entry)),
                    ],
                    [.. Statuses(own)]),
                Adjusted(own));
        });
    }

    /// <summary>The pages that burn alerts opened, by alert.</summary>
    private static async Task<ILookup<Guid, Called>> PagesAsync(PortalDbContext db, Guid[] alerts, CancellationToken ct)
    {
        string[] keys = [.. alerts.Select(a => a.ToString())];
        var signals = db.Signals.AsNoTracking().Where(s => s.SourceId == null && s.Origin == SignalOrigin.BurnAlert && s.PageId != null && keys.Contains(s.DedupKey));
        // Those that last and those that have ended each have an index of their own.
        var found = await (from s in signals.Where(s => s.State != SignalState.Resolved).Concat(signals.Where(s => s.State == SignalState.Resolved))
                           join p in db.Pages on s.PageId equals p.Id
                           select new { s.DedupKey, p.Number, p.OpenedAt, p.AcknowledgedAt }).ToListAsync(ct);
        return found.ToLookup(f => Guid.Parse(f.DedupKey), f => new Called(f.Number, f.OpenedAt, f.AcknowledgedAt));
    }

    /// <summary>The line as it was first recorded, at the time that people and clocks correct it to.</summary>
    private static Line AtTrueTime(Line line, Dictionary<Guid, Line> corrections, TimelineClocks clocks, Dictionary<Guid, Guid> survivors)
    {
        var last = line;
        while (corrections.TryGetValue(last.Id, out var correction))
            last = correction;
        if (clocks.AreAsTheySay)
            return line with { OccurredAt = last.OccurredAt };
        var clock = TimedEntry.ClockOf(last.Source, last.Provenance, last.AuthorName, last.SupersedesId, last.Details);
        var at = clocks.Of(survivors.GetValueOrDefault(line.IncidentId, line.IncidentId), last.IncidentId, clock).Correct(last.OccurredAt);
        return line with { OccurredAt = at, Ahead = last.OccurredAt - at };
    }

    private static Sign Fired(DateTimeOffset at, Line? line) => new(at - (line?.Ahead ?? TimeSpan.Zero), SignKind.Alert, line?.Id);

    private static Sign Declaration(DateTimeOffset at, IEnumerable<Line> lines) =>
        lines.FirstOrDefault(e => e.Kind == EntryKind.Declared) is { } line ? new(line.OccurredAt, SignKind.Declaration, line.Id) : new(at, SignKind.Declaration);

    private static IEnumerable<StatusSign> Statuses(IEnumerable<Line> lines) =>
        lines.Where(e => e.Kind == EntryKind.Status).Select(e => new StatusSign(e.OccurredAt, JsonSerializer.Deserialize<StatusDetails>(e.Details, PortalJson.Options)!.After, e.Id));

    // What was declared says the start too, until it is corrected.
    private static bool SaysStart(Line line) => line.Kind is EntryKind.Declared or EntryKind.Impact && line.Details.Contains("\"startedAt\"", StringComparison.Ordinal);

    /// <summary>The last word on each phase.</summary>
    private static Dictionary<Phase, PhaseAdjustment> Adjusted(IEnumerable<Line> lines) => lines.Where(e => e.Kind == EntryKind.Phase)
        .Select(e => (Line: e, Details: JsonSerializer.Deserialize<PhaseDetails>(e.Details, PortalJson.Options)!))
        .GroupBy(a => a.Details.Phase).Select(g => g.Last()).Where(a => a.Details.At is not null)
        .ToDictionary(a => a.Details.Phase, a => new PhaseAdjustment(a.Details.At!.Value, a.Details.Reason, a.Line.AuthorName, a.Line.RecordedAt, a.Line.Id));

    private sealed record Line(
        Guid Id, Guid IncidentId, EntryKind Kind, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt, string AuthorName, string Details, Guid? SupersedesId, string ClientKey, string Source, Provenance Provenance)
    {
        /// <summary>What its clock is off by, where that is known.</summary>
        public TimeSpan Ahead { get; init; }
    }

    private sealed record StatusDetails(IncidentStatus Before, IncidentStatus After);

    private sealed record Called(int Number, DateTimeOffset OpenedAt, DateTimeOffset? AcknowledgedAt);
}
