using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Retention;

namespace SloPortal.Application.Governance.Retention;

/// <summary>Says for how long data of one kind is kept. What is older goes with the next purge, within six hours.</summary>
/// <param name="Days">Null keeps for good.</param>
/// <param name="Reason">Why, for the audit.</param>
/// <param name="Version">As it was read.</param>
public sealed record ChangeRetention(RetentionClass Kind, int? Days, string Reason, uint Version)
{
    public sealed class Validator : AbstractValidator<ChangeRetention>
    {
        public Validator()
        {
            RuleFor(r => r.Kind).Must(k => k.IsRemovable()).WithMessage(RetentionClasses.NoRule);
            RuleFor(r => r.Days).Must(d => d is null or (>= 1 and <= RetentionClasses.LongestDays)).WithMessage("Give a whole number of days, from 1 to 36,500.");
            RuleFor(r => r.Reason).MustBeRetentionReason();
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(ChangeRetention request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ChangeRetention, Done>(request, actor, Permission.Administer, async change =>
            {
                // A framework that begins to apply at the same moment would miss this, and this it.
                await change.Db.Database.ExecuteSqlAsync($"LOCK TABLE retention_rules IN SHARE ROW EXCLUSIVE MODE", ct);
                var rules = await change.Db.RetentionRules.ToDictionaryAsync(r => r.Kind, ct);
                var rule = rules[request.Kind];
                if (rule.Version != request.Version)
                    return Refusal.Conflict("Somebody else changed this rule since you opened it. Look at their change, and make yours again.");
                var floors = await RetentionFloors.ReadAsync(change.Db, change.Now, ct);
                if (RetentionFloors.Problem(floors[request.Kind], request.Days) is { } problem)
                    return Refusal.Invalid(nameof(Days), problem);
                if (Disorder(request, rules) is { } disorder)
                    return Refusal.Invalid(nameof(Days), disorder);
                change.Audit("retention.changed", "retention", request.Kind.ToString(), RetentionClasses.NameOf(request.Kind), new { Before = rule.Days, After = request.Days, Reason = request.Reason.Trim() });
                rule.Change(request.Days, request.Reason.Trim(), actor.Name, change.Now);
                change.Publish("retention");
                return Done.Value;
            }, ct);

        /// <summary>Hours and days stand for minutes that are gone, so they are not to go before them.</summary>
        private static string? Disorder(ChangeRetention request, Dictionary<RetentionClass, RetentionRule> rules) => request.Kind switch
        {
            RetentionClass.Minutes when rules[RetentionClass.Sums].Days is { } sums && (request.Days is null || request.Days > sums) =>
                $"Counts by hour and day are kept for {RetentionFloors.Days(sums)}, and stand for the minutes that are gone. Keep them longer first.",
            RetentionClass.Sums when request.Days is { } days && (rules[RetentionClass.Minutes].Days is not { } minutes || days < minutes) =>
                $"Counts by minute are kept {(rules[RetentionClass.Minutes].Days is { } kept ? $"for {RetentionFloors.Days(kept)}" : "for good")}; keep those by hour and day at least as long.",
            _ => null,
        };
    }
}

internal static class RetentionRules
{
    public static void MustBeRetentionReason<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(text => !string.IsNullOrWhiteSpace(text) && text.Length <= 4000).WithMessage("Say why, in at most 4,000 characters.");
}
