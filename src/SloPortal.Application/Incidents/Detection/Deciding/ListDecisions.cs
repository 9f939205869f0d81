using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Detection.Deciding;

namespace SloPortal.Application.Incidents.Detection.Deciding;

/// <summary>What became of the recommendations of one row of one version of the policy.</summary>
/// <param name="Row">Counted from 1; 0 for those where no row held.</param>
/// <param name="Severity">What it recommends; null for no incident.</param>
/// <param name="Reason">The row's; null where no row held.</param>
public sealed record RowRecord(
    int Policy, int Row, IncidentSeverity? Severity, bool WarRoom, string? Reason, int AsRecommended, int Up, int Down, int OtherWarRoom, int Declined, int Waiting)
{
    public int Of(DecisionOutcome outcome) => outcome switch
    {
        DecisionOutcome.AsRecommended => AsRecommended,
        DecisionOutcome.Up => Up,
        DecisionOutcome.Down => Down,
        DecisionOutcome.OtherWarRoom => OtherWarRoom,
        DecisionOutcome.Declined => Declined,
        DecisionOutcome.Waiting => Waiting,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };
}

/// <param name="Rows">Of the whole time, whatever else is filtered; the newest version first. Rows that recommended nothing in it are left out.</param>
public sealed record DecisionRecord(Page<RecordedDecision> Decisions, IReadOnlyList<RowRecord> Rows);

/// <summary>Recommendations against decisions, the newest first, with counts by row, so that one sees which row is wrong.</summary>
/// <param name="Days">How far back: 30, 90 or 365.</param>
/// <param name="Policy">Only by this version.</param>
/// <param name="Row">Only by this row; 0 for those where no row held.</param>
/// <param name="Text">In the names of service and objective.</param>
public sealed record ListDecisions(int Days = 90, int? Policy = null, int? Row = null, DecisionOutcome? Outcome = null, string? Text = null, int Page = 1, int Size = 50)
{
    public static IReadOnlyList<int> Lengths { get; } = [30, 90, 365];

    public sealed class Validator : AbstractValidator<ListDecisions>
    {
        public Validator()
        {
            RuleFor(r => r.Days).Must(Lengths.Contains).WithMessage("The record looks back 30, 90 or 365 days.");
            RuleFor(r => r.Page).InclusiveBetween(1, 100_000).WithMessage("Pages are counted from 1.");
            RuleFor(r => r.Size).InclusiveBetween(1, 200).WithMessage("A page holds 1 to 200 decisions.");
        }
    }

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, TimeProvider clock)
    {
        public async Task<Outcome<DecisionRecord>> HandleAsync(ListDecisions request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            if (new Validator().Validate(request) is { IsValid: false } wrong)
                return Refusal.Invalid(wrong.Errors[0].PropertyName, wrong.Errors[0].ErrorMessage);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var all = (await KnownDecision.SinceAsync(db, actor, clock.GetUtcNowInMicroseconds() - TimeSpan.FromDays(request.Days), ct)).ConvertAll(d => d.Told);
            var found = all.FindAll(d => Matches(d, request));
            return new DecisionRecord(
                new Page<RecordedDecision>([.. found.Skip((request.Page - 1) * request.Size).Take(request.Size)], found.Count, request.Page, request.Size),
                [.. all.GroupBy(d => (d.Policy, Row: d.Recommended.Row ?? 0)).OrderByDescending(g => g.Key.Policy).ThenBy(g => g.Key.Row == 0).ThenBy(g => g.Key.Row).Select(g => Count(g.Key.Policy, g.Key.Row, [.. g]))]);
        }

        private static bool Matches(RecordedDecision decision, ListDecisions request) =>
            (request.Policy is null || decision.Policy == request.Policy)
            && (request.Row is null || (decision.Recommended.Row ?? 0) == request.Row)
            && (request.Outcome is null || decision.Outcome == request.Outcome)
            && (string.IsNullOrWhiteSpace(request.Text) || $"{decision.ServiceName}: {decision.ObjectiveName}".Contains(request.Text.Trim(), StringComparison.CurrentCultureIgnoreCase));

        private static RowRecord Count(int policy, int row, List<RecordedDecision> decisions)
        {
            var said = decisions[0].Recommended;
            return new RowRecord(
                policy, row, said.Severity, said.WarRoom, said.Reason, Of(DecisionOutcome.AsRecommended), Of(DecisionOutcome.Up), Of(DecisionOutcome.Down), Of(DecisionOutcome.OtherWarRoom),
                Of(DecisionOutcome.Declined), Of(DecisionOutcome.Waiting));

            int Of(DecisionOutcome outcome) => decisions.Count(d => d.Outcome == outcome);
        }
    }
}
