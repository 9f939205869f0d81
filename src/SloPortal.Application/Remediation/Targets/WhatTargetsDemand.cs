using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Budgets;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents;
using SloPortal.Application.Objectives.Deriving;
using SloPortal.Application.Objectives.Negotiation;
using SloPortal.Application.Reviews;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Negotiation;
using SloPortal.Domain.Reviews.Writing;

namespace SloPortal.Application.Remediation.Targets;

/// <summary>An incident that would have had to go, or to hurt less.</summary>
/// <param name="Bad">What failed in it and was too much.</param>
public sealed record DemandedIncident(int Number, string Code, string Title, double Bad);

/// <summary>What one target would have demanded of the past.</summary>
/// <param name="Windows">Past windows side by side.</param>
/// <param name="Missed">Of these, how many missed the target.</param>
/// <param name="ToGo">What failed and was too much.</param>
/// <param name="MinutesToGo">The same in minutes of full outage at even traffic.</param>
/// <param name="Incidents">What burned most first.</param>
/// <param name="NotExplained">Of <paramref name="ToGo"/>, what no incident that the reader may see explains.</param>
/// <param name="Classes">Contributing factors that the published postmortems of these incidents name, with how many do.</param>
/// <param name="OpenActions">Open actions that follow from these incidents: the work that is known.</param>
/// <param name="OverdueActions">Of these, overdue.</param>
public sealed record DemandRow(
    decimal TargetPercent, int Windows, int Missed, double ToGo, double MinutesToGo, IReadOnlyList<DemandedIncident> Incidents, double NotExplained,
    IReadOnlyList<FailureClass> Classes, int OpenActions, int OverdueActions);

public sealed record FailureClass(string Factor, int Incidents);

/// <summary>What the proposed target and each further nine would have demanded of the history, up to the highest that is wanted.</summary>
/// <param name="From">Start of the first window.</param>
/// <param name="To">End of the last one.</param>
/// <param name="Unit">What is counted: "events", "minutes" or "slices".</param>
public sealed record Demands(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<DemandRow> Rows, string Unit);

/// <summary>
/// Which incidents and failure classes would have had to go for each target, by the links that exist. Incidents that the reader may not see
/// explain nothing to them. Null where no past window is whole.
/// </summary>
public sealed record WhatTargetsDemand(Guid Proposal)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, PromisedHistory history, TimeProvider clock)
    {
        public async Task<Outcome<Demands?>> HandleAsync(WhatTargetsDemand request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            var now = MinuteClock.Floor(clock.GetUtcNowInMicroseconds());
            await using var db = await contexts.CreateDbContextAsync(ct);
            var found = await (from p in db.Proposals.AsNoTracking().Include(p => p.Signatures)
                               join o in db.Objectives on p.ObjectiveId equals o.Id
                               where p.Id == request.Proposal
                               select new { Proposal = p, o.ServiceId }).SingleOrDefaultAsync(ct);
            if (found is null)
                return Refusal.NotFound("This proposal");
            var proposal = found.Proposal;
            var spread = (await Negotiations.ReadAsync(db, [proposal], ct))[proposal.Id].Spread;
            var evidence = Negotiations.EvidenceOf(proposal);
            if (evidence.Worst is not { } worst)
                return default(Demands);
            var windows = TargetSteps.Windows(proposal.Window, new Interval(evidence.HistoryFrom, evidence.HistoryTo), new Interval(worst.From, worst.To));
            if (windows.Count == 0)
                return default(Demands);
            var sli = await db.Slis.AsNoTracking().SingleAsync(s => s.Id == proposal.SliId, ct);
            if (await history.InAsync(sli, proposal.Externals, new Interval(windows[0].Start, windows[^1].End), ct) is not { } minutes)
                return default(Demands);

            var felt = await FeltIncident.InAsync(
                db.IncidentsFor(actor).AsNoTracking(), new StoryScope(proposal.ObjectiveId, found.ServiceId), new Interval(windows[0].Start, windows[^1].End), ct);
            var bills = BillsOf(proposal.Method.Count(minutes), windows, [.. felt.SelectMany(f => f.Stretches(now))], proposal.Method.Step);
            var demands = TargetSteps.From(proposal.Target.Percent, spread.Wanted).Select(t => TargetDemand.Of(t, bills)).ToList();
            var work = await WorkAsync(db, actor, [.. demands.SelectMany(d => d.Parts).Select(p => p.Number).Distinct()], now, ct);
            var titles = felt.ToDictionary(f => f.Number, f => f.Title);
            return new Demands(windows[0].Start, windows[^1].End, [.. demands.Select(d => RowOf(d, titles, work))], proposal.Method.Unit);
        }

        private static List<WindowBill> BillsOf(MinuteCounts minutes, IReadOnlyList<Interval> windows, List<FeltStretch> felt, TimeSpan step)
        {
            var bills = new List<WindowBill>();
            foreach (var window in windows)
            {
                var parts = BurnedMinutes.Divide(felt, window, step).Select(d => (d.Incident, minutes.In(d.Minutes).Bad)).ToList();
                // As the bill of a budget has it, the whole is what the parts add up to.
                bills.Add(new WindowBill(window, minutes.In(window).Total, parts.Sum(p => p.Bad),
                    parts.Where(p => p.Incident is not null).GroupBy(p => p.Incident!.Value).ToDictionary(g => g.Key, g => g.Sum(p => p.Bad))));
            }
            return bills;
        }

        private static DemandRow RowOf(TargetDemand demand, Dictionary<int, string> titles, List<Work> work)
        {
            var incidents = demand.Parts.Select(p => p.Number).ToHashSet();
            var linked = work.Where(w => incidents.Contains(w.Incident)).ToList();
            var actions = linked.SelectMany(w => w.Actions).DistinctBy(a => a.Number).ToList();
            return new DemandRow(
                demand.Target.Percent, demand.Windows, demand.Missed, demand.ToGo, demand.MinutesToGo,
                [.. demand.Parts.Select(p => new DemandedIncident(p.Number, Incident.CodeOf(p.Number), titles[p.Number], p.Bad))], demand.Unexplained,
                [.. linked.SelectMany(w => w.Factors.Distinct()).GroupBy(f => f).Select(g => new FailureClass(g.Key, g.Count())).OrderByDescending(c => c.Incidents).ThenBy(c => c.Factor, StringComparer.Ordinal)],
                actions.Count, actions.Count(a => a.IsOverdue));
        }

        /// <summary>What published postmortems say of these incidents, and what is still to be done for them.</summary>
        private static async Task<List<Work>> WorkAsync(PortalDbContext db, Actor actor, List<int> numbers, DateTimeOffset now, CancellationToken ct)
        {
            var today = now.Today();
            var incidents = await db.IncidentsFor(actor).Where(i => numbers.Contains(i.Number)).Select(i => new { i.Id, i.Number }).ToListAsync(ct);
            var ids = incidents.ConvertAll(i => i.Id);
            var postmortems = await db.PostmortemsFor(actor).AsNoTracking().Where(p => p.IncidentId != null && ids.Contains(p.IncidentId.Value))
                .Select(p => new { p.Id, p.IncidentId, IsPublished = p.State == PostmortemState.Published, Factors = p.Factors.Select(f => f.Factor).ToList() }).ToListAsync(ct);
            var reviews = postmortems.ConvertAll(p => p.Id);
            var actions = await db.ActionsFor(actor).AsNoTracking()
                .Where(a => a.EndedAt == null && ((a.IncidentId != null && ids.Contains(a.IncidentId.Value)) || (a.PostmortemId != null && reviews.Contains(a.PostmortemId.Value))))
                .Select(a => new { a.Number, a.IncidentId, a.PostmortemId, a.DueOn }).ToListAsync(ct);
            return incidents.ConvertAll(i =>
            {
                var own = postmortems.Where(p => p.IncidentId == i.Id).ToList();
                return new Work(
                    i.Number, [.. own.Where(p => p.IsPublished).SelectMany(p => p.Factors)],
                    [.. actions.Where(a => a.IncidentId == i.Id || own.Any(p => p.Id == a.PostmortemId)).Select(a => (a.Number, a.DueOn < today))]);
            });
        }

        private sealed record Work(int Incident, List<string> Factors, List<(int Number, bool IsOverdue)> Actions);
    }
}
