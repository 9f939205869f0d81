using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Timeline.Phases;

namespace SloPortal.Application.Incidents.Timeline.Phases;

/// <summary>
/// How long it took to detect, acknowledge, mitigate and resolve the incidents that began in a span, by severity: how the lengths are distributed, and each incident.
/// What was merged counts in the one in which it goes on; what the actor may not see counts nowhere.
/// </summary>
/// <param name="From">Null is <see cref="UsualDays"/> before the end.</param>
/// <param name="To">Exclusive; null is now.</param>
public sealed record ReadIncidentTimes(DateTimeOffset? From = null, DateTimeOffset? To = null)
{
    public const int UsualDays = 90;
    public const int MostDays = 732;

    /// <summary>More are no chart, and a shorter span tells more.</summary>
    public const int MostIncidents = 2000;

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, TimeProvider clock)
    {
        public async Task<Outcome<IncidentTimes>> HandleAsync(ReadIncidentTimes request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            var to = request.To?.ToUniversalTime() ?? clock.GetUtcNowInMicroseconds();
            if (to < DateTimeOffset.MinValue.AddDays(MostDays))
                return Refusal.Invalid(nameof(To), "There is nothing that long ago.");
            var from = request.From?.ToUniversalTime() ?? to.AddDays(-UsualDays);
            if (from >= to)
                return Refusal.Invalid(nameof(From), "The span begins after its end. Choose an earlier beginning.");
            if (to - from > TimeSpan.FromDays(MostDays))
                return Refusal.Invalid(nameof(From), $"A span has at most {MostDays} days.");
            await using var db = await contexts.CreateDbContextAsync(ct);
            var visible = db.IncidentsFor(actor).AsNoTracking();
            var incidents = await visible.Where(i => i.MergedIntoId == null && i.StartedAt >= from && i.StartedAt < to)
                .Include(i => i.Alerts).OrderByDescending(i => i.StartedAt).ThenByDescending(i => i.Number).Take(MostIncidents + 1).ToListAsync(ct);
            if (incidents.Count > MostIncidents)
                return Refusal.Invalid(nameof(From), $"More than {MostIncidents} incidents began in this span. Choose a shorter one.");
            var phases = await PhaseReading.OfAsync(db, incidents, visible, ct);
            var rows = incidents.ConvertAll(i => Row(i, phases[i.Id]));
            return new IncidentTimes(from, to, rows, [.. Enum.GetValues<IncidentSeverity>().SelectMany(s => Enum.GetValues<PhaseSpan>().Select(span => Spread(s, span, rows)))]);
        }

        private static IncidentTimesRow Row(Incident i, IncidentPhases phases) => new(
            i.Number, i.Code, i.Title, i.Severity, i.Status, phases.At(Phase.Began) ?? i.StartedAt, phases.Moments.Any(m => m.Adjusted is not null),
            [.. Enum.GetValues<PhaseSpan>().Select(s => new PhaseLength(s, phases.Length(s)?.TotalSeconds))]);

        private static SeveritySpread Spread(IncidentSeverity severity, PhaseSpan span, List<IncidentTimesRow> rows)
        {
            var lengths = rows.Where(r => r.Severity == severity).Select(r => r.Seconds(span)).ToList();
            var known = lengths.OfType<double>().ToList();
            return new(severity, span, PhaseSpread.Of(known), lengths.Count - known.Count);
        }
    }
}

/// <param name="Incidents">The latest to begin first.</param>
/// <param name="Spreads">Of every severity and span.</param>
public sealed record IncidentTimes(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<IncidentTimesRow> Incidents, IReadOnlyList<SeveritySpread> Spreads);

/// <param name="IsAdjusted">A person said otherwise of one of its phases.</param>
public sealed record IncidentTimesRow(
    int Number, string Code, string Title, IncidentSeverity Severity, IncidentStatus Status, DateTimeOffset BeganAt, bool IsAdjusted, IReadOnlyList<PhaseLength> Lengths)
{
    /// <summary>Null where it is not known.</summary>
    public double? Seconds(PhaseSpan span) => Lengths[(int)span].Seconds;
}

/// <param name="Unknown">Incidents of which it is not known: they last, or nothing that is recorded says it.</param>
public sealed record SeveritySpread(IncidentSeverity Severity, PhaseSpan Span, PhaseSpread Spread, int Unknown);
