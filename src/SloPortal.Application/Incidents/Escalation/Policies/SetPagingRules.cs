using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Budgets.Notifying;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.Domain.Incidents.Escalation;
using SloPortal.Domain.Incidents.Escalation.Quiet;

namespace SloPortal.Application.Incidents.Escalation.Policies;

/// <summary>A rule as people give it.</summary>
/// <param name="Service">Slug; null for all services of the team.</param>
/// <param name="Policy">Only to page.</param>
/// <param name="Quiet">What keeps a signal from calling at once; null is nothing.</param>
public sealed record RuleGiven(
    SignalSeverity MinimumSeverity, string? Service = null, PagingHours Hours = PagingHours.Any, PagingAction Action = PagingAction.Page, Guid? Policy = null, IReadOnlyList<string>? GroupBy = null,
    QuietTerms? Quiet = null);

/// <summary>Replaces the table that says what becomes of a team's signals.</summary>
/// <param name="Rules">In their order: the first that fits a signal decides.</param>
/// <param name="Version">Of the table as it was read; null replaces whatever is there.</param>
public sealed record SetPagingRules(string Team, IReadOnlyList<RuleGiven> Rules, uint? Version = null)
{
    public sealed class Validator : AbstractValidator<SetPagingRules>
    {
        public Validator()
        {
            RuleFor(r => r.Rules).NotNull().WithMessage("Give the rules, or an empty list.").Must(r => r is null || r.Count <= PagingRules.Most).WithMessage($"A team has at most {PagingRules.Most} rules.");
            RuleForEach(r => r.Rules).Must(r => r is not null && Enum.IsDefined(r.MinimumSeverity) && Enum.IsDefined(r.Hours) && Enum.IsDefined(r.Action))
                .WithMessage("A rule has a severity (info, warning, error, critical), hours (any, business, outside) and an action (page, record).");
            RuleForEach(r => r.Rules).Must(r => r is null || (r.Action == PagingAction.Page) == (r.Policy is not null)).WithMessage("A rule that pages names an escalation policy, and one that only records names none.");
            RuleForEach(r => r.Rules).Must(r => r?.GroupBy is null || (r.GroupBy.Count <= PagingRules.MostLabels && r.GroupBy.All(l => l is { Length: >= 1 and <= 128 })))
                .WithMessage($"Pages are told apart by at most {PagingRules.MostLabels} labels of 1 to 128 characters.");
            RuleForEach(r => r.Rules).Must(r => r?.Quiet is null || r.Action == PagingAction.Page).WithMessage("A rule that only records calls nobody, so there is nothing to keep quiet. Leave that out.");
            RuleForEach(r => r.Rules).Must(r => r?.Quiet is null or { Signals: >= 1 and <= QuietTerms.MostSignals, WithinMinutes: >= 1 and <= QuietTerms.MostMinutes })
                .WithMessage($"A rule waits for 1 to {QuietTerms.MostSignals} signals within 1 to {QuietTerms.MostMinutes} minutes.");
            RuleForEach(r => r.Rules).Must(r => r?.Quiet is null or { NobodyMinutes: >= 0 and <= QuietTerms.MostMinutes }).WithMessage($"A rule waits at most {QuietTerms.MostMinutes} minutes for somebody on call.");
            RuleForEach(r => r.Rules).Must(r => r?.Quiet is null or { PagesPerHour: null or (>= 1 and <= QuietTerms.MostPagesPerHour) } && (r?.Quiet is null || Enum.IsDefined(r.Quiet.AboveCap)))
                .WithMessage($"A cap is 1 to {QuietTerms.MostPagesPerHour} pages an hour; what comes on top is collected in one page or recorded.");
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(SetPagingRules request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<SetPagingRules, Done>(request, actor, Permission.OwnServices, async change =>
            {
                var team = await TargetToChange.TeamAsync(change.Db, request.Team, actor, ct);
                if (!team.Succeeded)
                    return team.Refusal;
                var id = team.Value.Id;
                var rules = await RulesToSet.ReadAsync(change.Db, team.Value, request.Rules, ct);
                if (!rules.Succeeded)
                    return rules.Refusal;
                var table = await change.Db.PagingRules.SingleOrDefaultAsync(r => r.TeamId == id, ct);
                if (table is null)
                    change.Db.PagingRules.Add(table = new PagingRules(id));
                else if (request.Version is { } version)
                    change.Db.Entry(table).Property(t => t.Version).OriginalValue = version;
                var before = table.Rules;
                table.Replace(rules.Value, change.Now);
                change.Db.PagingRulesVersions.Add(new PagingRulesVersion(Guid.CreateVersion7(change.Now), id, table.Rules, change.Now, actor.Name));
                change.Audit("paging_rules.changed", "team", id, team.Value.Name, new { Before = before, After = table.Rules });
                change.Publish("escalation");
                return Done.Value;
            }, ct);
    }
}
