using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Budgets;
using SloPortal.Application.Common;
using SloPortal.Application.Measurement;
using SloPortal.Application.Objectives;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Objectives;

namespace SloPortal.Application.Incidents;

/// <summary>A part of what was burned.</summary>
/// <param name="Bad">Failed events.</param>
/// <param name="Minutes">The same in minutes of full outage at the even traffic of the window; null without data.</param>
/// <param name="Share">Of what was burned in the window, 0 to 1; null where nothing was.</param>
public sealed record BurnedPart(double Bad, double? Minutes, double? Share);

/// <summary>What an incident explains.</summary>
/// <param name="StartedAt">When users first felt it, also where that is before the window.</param>
/// <param name="EndedAt">Null while they may.</param>
public sealed record BillItem(int Number, string Code, string Title, IncidentSeverity Severity, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, BurnedPart Burned);

/// <summary>What the failed events of a window are explained by.</summary>
/// <param name="From">Start of the window.</param>
/// <param name="To">Its end, exclusive.</param>
/// <param name="Total">All events of the window.</param>
/// <param name="Burned">All that failed.</param>
/// <param name="Items">Incidents that the reader may see, what burned most first.</param>
/// <param name="Unexplained">What failed in minutes of no such incident.</param>
/// <param name="Unit">What is counted: "events", "minutes" or "slices".</param>
/// <param name="WithoutVendors">By the agreement, outages of vendors are left out.</param>
public sealed record BudgetBill(
    DateTimeOffset From, DateTimeOffset To, double Total, BurnedPart Burned, IReadOnlyList<BillItem> Items, BurnedPart Unexplained, string Unit, bool WithoutVendors);

/// <summary>
/// The bill of an objective's burned minutes, for its own window or another stretch (decision 0016). It costs one statement over the
/// running sums, however long the window is. Null before a version is in force.
/// </summary>
/// <param name="Range">1h, 1d, 7d, 30d, 90d or 1y; without it and without instants it is the objective's window.</param>
public sealed record GetBudgetBill(string Service, string Slug, string? Range = null, DateTimeOffset? From = null, DateTimeOffset? To = null)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, SliCounts counts, TimeProvider clock)
    {
        public async Task<Outcome<BudgetBill?>> HandleAsync(GetBudgetBill request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            var now = MinuteClock.Floor(clock.GetUtcNowInMicroseconds());
            await using var db = await contexts.CreateDbContextAsync(ct);
            var objective = await (from o in db.Objectives.AsNoTracking()
                                   join s in db.Services on o.ServiceId equals s.Id
                                   where s.Slug == request.Service && o.Slug == request.Slug
                                   select new { o.Id, o.ServiceId }).SingleOrDefaultAsync(ct);
            if (objective is null)
                return Refusal.NotFound($"The objective \"{request.Slug}\" of \"{request.Service}\"");
            Interval? asked = null;
            if (request.Range is not null || request.From is not null || request.To is not null)
            {
                var read = StorySpan.Read(request.Range, request.From, request.To, now);
                if (!read.Succeeded)
                    return read.Refusal;
                asked = read.Value;
            }
            if (await db.VersionsInForceAt(asked?.End ?? now).SingleOrDefaultAsync(v => v.ObjectiveId == objective.Id, ct) is not { } version)
                return default(BudgetBill);
            var own = version.Window.At(now);
            var window = asked ?? new Interval(MinuteClock.Floor(own.Start), now);

            var incidents = await FeltIncident.InAsync(db.IncidentsFor(actor).AsNoTracking(), new StoryScope(objective.Id, objective.ServiceId), window, ct);
            var divided = BurnedMinutes.Divide(incidents.SelectMany(i => i.Stretches(now)), window, version.Method.Step);
            var seen = await counts.InAsync([new(version.CountsId, window), .. divided.Select(d => new CountsAsked(version.CountsId, d.Minutes))], ct);
            var bad = divided.Zip(seen.Skip(1)).ToLookup(d => d.First.Incident, d => d.Second.Bad);
            // What the stretches add up to, so that the parts are the whole to the last digit.
            var burned = bad.Sum(b => b.Sum());
            return new BudgetBill(
                window.Start, window.End, seen[0].Total, Part(burned),
                [
                    .. incidents.Where(i => bad.Contains(i.Number))
                        .Select(i => new BillItem(i.Number, Incident.CodeOf(i.Number), i.Title, i.Severity, i.StartedAt, i.EndedAt, Part(bad[i.Number].Sum())))
                        .OrderByDescending(i => i.Burned.Bad).ThenBy(i => i.StartedAt),
                ],
                Part(bad[null].Sum()), version.Method.Unit, version.Externals == ExternalFailures.LeftOut);

            BurnedPart Part(double part) => new(
                part, seen[0].HasData ? part / seen[0].Total * window.Minutes : null, burned > 0 ? part / burned : null);
        }
    }
}
