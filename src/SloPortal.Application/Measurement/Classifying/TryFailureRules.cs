using Npgsql;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Application.Measurement.Preview;
using SloPortal.Application.Measurement.Slis;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Classifying;

namespace SloPortal.Application.Measurement.Classifying;

/// <summary>What a rule decides about.</summary>
/// <param name="Rule">Its place; null for what no rule selects.</param>
/// <param name="Series">How many series.</param>
/// <param name="Events">By how much they rose in the time that was looked at.</param>
/// <param name="Share">Of all events, from 0 to 1.</param>
/// <param name="Examples">Those that rose the most.</param>
public sealed record RuleMatch(int? Rule, int Series, double Events, double Share, IReadOnlyList<SeriesMatch> Examples);

/// <summary>A series, and by how much it rose.</summary>
public sealed record SeriesMatch(string Series, double Events);

/// <summary>What rules would match.</summary>
/// <param name="Matches">In the order of the rules; what none selects comes last.</param>
/// <param name="TouchingShare">The share of the events that are failures which touch users.</param>
/// <param name="Proposed">An SLI of them; null where one selector cannot say it.</param>
/// <param name="Problem">Why not.</param>
public sealed record TriedRules(IReadOnlyList<RuleMatch> Matches, double Events, double TouchingShare, SliDraft? Proposed, string? Problem);

/// <summary>Applies rules to the samples of the last hour that the log holds. Nothing is stored.</summary>
/// <param name="Draft">The rules as they are typed.</param>
/// <param name="Hours">How far back, 1 to 6.</param>
public sealed record TryFailureRules(RulesDraft Draft, int Hours = 1)
{
    private const int MostExamples = 5;

    public sealed class Handler(NpgsqlDataSource dataSource, TimeProvider clock)
    {
        public async Task<Outcome<TriedRules>> HandleAsync(TryFailureRules request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            if (request.Draft is null || request.Hours is < 1 or > PreviewSli.MaxHours)
                return Refusal.Invalid(nameof(Hours), $"Rules are tried on 1 to {PreviewSli.MaxHours} hours.");
            var built = request.Draft.Build();
            if (!built.Succeeded)
                return built.Refusal;
            var rules = built.Value;
            var fold = new HistoryFold(0, new CounterRatio(null, rules.Events, rules.Events));
            await using var connection = await dataSource.OpenConnectionAsync(ct);
            // The series belong to the rows only as long as both are seen at one instant.
            await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
            var head = await LoggedSamples.HeadAsync(connection, locked: false, ct);
            await LoggedSamples.FoldAsync(connection, fold, new CounterRatio(null, rules.Events, rules.Events), null, after: 0, head, clock.GetUtcNow().AddHours(-request.Hours), ct);

            var seen = fold.Series.Where(s => s.Samples > 0).Select(s => (s.Labels, s.Increase, Rule: rules.RuleOf(s.Labels))).ToLookup(s => s.Rule);
            var all = fold.Series.Sum(s => s.Increase);
            var matches = Enumerable.Range(0, rules.Rules.Count).Select(i => (int?)i).Append(null).Select(rule => MatchOf(rule, [.. seen[rule].Select(s => (s.Labels, s.Increase))], all)).ToList();
            var proposes = rules.TryPropose(out var sli, out var problem);
            return new TriedRules(matches, all, matches.Where(m => m.Rule is { } i && rules.Rules[i].TouchesUsers).Sum(m => m.Share), proposes ? SliDraft.Of(sli!) : null, problem);
        }

        private static RuleMatch MatchOf(int? rule, IReadOnlyList<(LabelSet Labels, double Increase)> series, double all)
        {
            var events = series.Sum(s => s.Increase);
            return new RuleMatch(rule, series.Count, events, all > 0 ? events / all : 0,
                [.. series.OrderByDescending(s => s.Increase).Take(MostExamples).Select(s => new SeriesMatch(s.Labels.ToString(), s.Increase))]);
        }
    }
}
