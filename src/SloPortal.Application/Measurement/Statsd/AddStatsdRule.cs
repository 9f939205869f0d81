using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Measurement.Files;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Files;

namespace SloPortal.Application.Measurement.Statsd;

/// <summary>Lets StatsD metrics of a name count for an SLI of pushed counts, from the next seconds on.</summary>
/// <param name="Metric">A name, or the beginning of names with a star at its end.</param>
/// <param name="SliId">The SLI.</param>
/// <param name="Role">What an event of it is.</param>
/// <param name="Threshold">Of a timer, in milliseconds.</param>
public sealed record AddStatsdRule(string Metric, int SliId, StatsdRole Role, double? Threshold = null)
{
    public sealed class Validator : AbstractValidator<AddStatsdRule>
    {
        public Validator()
        {
            RuleFor(r => r.Metric).NotEmpty().WithMessage("Name the metric, such as shop.orders.ok or shop.orders.*")
                .MaximumLength(200).WithMessage("A name has at most 200 characters.")
                .Must(m => m is null || (m.Trim('*').Length > 0 && m.IndexOf('*', StringComparison.Ordinal) is var star && (star < 0 || star == m.Length - 1) && !m.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is ':' or '|' or '@')))
                .WithMessage("A name has no blanks, colons or bars, and a star only at its end.");
            RuleFor(r => r.Role).IsInEnum().WithMessage("Choose what an event of it is.");
            RuleFor(r => r.Threshold).Must(t => t is >= 0 && double.IsFinite(t.Value)).When(r => r.Role == StatsdRole.Timer).WithMessage("Give the milliseconds within which an event is good.");
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Guid>> HandleAsync(AddStatsdRule request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<AddStatsdRule, Guid>(request, actor, Permission.SendSamples, async change =>
            {
                var sli = await FeedAccess.FindAsync(change.Db, request.SliId, actor, ct);
                if (!sli.Succeeded)
                    return sli.Refusal;
                if (await change.Db.StatsdRules.AnyAsync(r => r.Metric == request.Metric && r.SliId == request.SliId && r.Role == request.Role, ct))
                    return Refusal.Invalid(nameof(Metric), "This metric counts for the SLI already.");
                var rule = new StatsdRule(Guid.CreateVersion7(), request.Metric, request.SliId, request.Role, request.Role == StatsdRole.Timer ? request.Threshold : null);
                change.Db.Add(rule);
                change.Audit("statsd-rule.added", "sli", request.SliId, sli.Value.Name, new { request.Metric, request.Role, rule.Threshold });
                change.Publish("sources");
                return rule.Id;
            }, ct);
    }
}
