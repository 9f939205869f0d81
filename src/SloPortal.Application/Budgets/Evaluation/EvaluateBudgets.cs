using Microsoft.EntityFrameworkCore;
using Npgsql;
using SloPortal.Application.Common;
using SloPortal.Application.Measurement;
using SloPortal.Application.Objectives.Deriving;
using SloPortal.Data;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Methods;

namespace SloPortal.Application.Budgets.Evaluation;

/// <summary>
/// Computes budget, burn and alert states of every objective with a version in force, once a minute, for the windows that end
/// with the minute before. A chunk of objectives costs one statement to find them, one for their rule states, one for all their
/// windows, and one transaction that stores what changed together with the messages that it calls for. All go over one connection, since
/// to give one back and take it anew resets it, which costs as much as some objectives.
/// </summary>
public sealed class EvaluateBudgets(NpgsqlDataSource dataSource, IDbContextFactory<PortalDbContext> contexts) : IPass
{
    /// <summary>Enough that statements cost little beside their rows, few enough that a transaction stays short.</summary>
    private const int ChunkSize = 2000;

    public string Name => "evaluate-budgets";

    public TimeSpan Every => TimeSpan.FromMinutes(1);

    public async Task RunAsync(DateTimeOffset now, CancellationToken ct)
    {
        var plans = new PlanBook(await PoliciesAsync(ct), MinuteClock.Floor(now));
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await DeriveCounts.BringUpToDateAsync(connection, contexts, plans.At, ct);
        await EvaluationStore.EndRetiredAsync(connection, plans.At, ct);
        var after = Guid.Empty;
        IReadOnlyList<SubjectRow> chunk;
        do
        {
            chunk = await SubjectReader.ReadAsync(connection, plans.At, after, ChunkSize, ct);
            if (chunk.Count == 0)
                break;
            await EvaluateAsync(connection, chunk, plans, ct);
            after = chunk[^1].ObjectiveId;
        }
        while (chunk.Count == ChunkSize);
    }

    private static async Task EvaluateAsync(NpgsqlConnection connection, IReadOnlyList<SubjectRow> chunk, PlanBook plans, CancellationToken ct)
    {
        var previous = await RuleStateReader.ReadAsync(connection, [.. chunk.Select(row => row.ObjectiveId)], ct);
        var planned = chunk.Select(row => (Row: row, Plan: plans.For(row))).ToList();

        // Where nothing was measured within the longest window, every sum is known to be nothing.
        var alive = planned.Where(one => one.Row.LastDataAt >= one.Plan.Instants[0]).ToList();
        var size = alive.Sum(one => one.Plan.Instants.Count);
        var slis = new int[size];
        var instants = new DateTimeOffset[size];
        var place = 0;
        foreach (var (row, plan) in alive)
        {
            foreach (var instant in plan.Instants)
            {
                slis[place] = row.CountsId;
                instants[place++] = instant;
            }
        }

        var sums = await SliCounts.BeforeAsync(connection, slis, instants, ct);
        var nothing = new EventCounts[plans.MostInstants];
        var evaluations = new List<ObjectiveEvaluation>(chunk.Count);
        place = 0;
        foreach (var (row, plan) in planned)
        {
            var length = plan.Instants.Count;
            var isAlive = row.LastDataAt >= plan.Instants[0];
            var before = isAlive ? sums.AsSpan(place, length) : nothing.AsSpan(0, length);
            place += isAlive ? length : 0;
            evaluations.Add(ObjectiveEvaluation.Of(
                new(row.ObjectiveId, row.VersionId, row.LastDataAt), plan, before, previous.GetValueOrDefault(row.ObjectiveId, [])));
        }

        await EvaluationStore.SaveAsync(connection, evaluations, plans.At, ct);
    }

    private async Task<Dictionary<Guid, AlertPolicy>> PoliciesAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return (await db.AlertPolicies.AsNoTracking().ToListAsync(ct)).ToDictionary(policy => policy.Id, policy => policy.Policy);
    }

    /// <summary>The plans of one evaluation; objectives with the same terms and policy share one.</summary>
    private sealed class PlanBook(Dictionary<Guid, AlertPolicy> policies, DateTimeOffset at)
    {
        private readonly Dictionary<(decimal, string, string, Guid), EvaluationPlan> plans = [];

        public DateTimeOffset At => at;

        public int MostInstants { get; private set; }

        public EvaluationPlan For(SubjectRow row)
        {
            var key = (row.TargetPercent, row.Window, row.Method, row.PolicyId);
            if (plans.TryGetValue(key, out var plan))
                return plan;
            var policy = policies.GetValueOrDefault(row.PolicyId, AlertPolicy.Workbook);
            plan = plans[key] = EvaluationPlan.For(MethodText.Parse(row.Method), new ObjectiveTarget(row.TargetPercent), SloWindow.Parse(row.Window), policy, at);
            MostInstants = Math.Max(MostInstants, plan.Instants.Count);
            return plan;
        }
    }
}
