using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Catalog.Scoring;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Catalog.Scoring;

/// <summary>Says what a service means to the business. What is left out is null and counts nothing.</summary>
/// <param name="RevenuePerHour">What one hour without it costs.</param>
/// <param name="Frameworks">Names of the scorecard.</param>
/// <param name="Version">As it was read; null when nobody had said anything.</param>
public sealed record DescribeImpact(string Service, decimal? RevenuePerHour, string Currency, long? Users, IReadOnlyList<string> Frameworks, int? Contracts, uint? Version)
{
    public sealed class Validator : AbstractValidator<DescribeImpact>
    {
        public Validator()
        {
            RuleFor(r => r.RevenuePerHour).InclusiveBetween(0, 1_000_000_000_000m).WithMessage("Revenue per hour is not below zero and at most 1,000,000,000,000.");
            RuleFor(r => r.Currency).NotEmpty().WithMessage("Choose the currency.");
            RuleFor(r => r.Users).InclusiveBetween(0, 10_000_000_000).WithMessage("Users are not below zero, and there are not more than 10,000,000,000.");
            RuleFor(r => r.Contracts).InclusiveBetween(0, 1_000_000).WithMessage("Contracts are 0 to 1,000,000.");
            RuleFor(r => r.Frameworks).NotNull().WithMessage("Leave the frameworks empty rather than out.");
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(DescribeImpact request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<DescribeImpact, Done>(request, actor, Permission.OwnServices, async change =>
            {
                var (service, _, refusal) = await ServiceToChange.FindAsync(change, request.Service, ct);
                if (refusal is not null)
                    return refusal;
                var card = (await change.Db.Scorecards.AsNoTracking().SingleAsync(ct)).Card;
                if (card.Worth(0, request.Currency) is null)
                    return Refusal.Invalid(nameof(Currency), $"The scorecard has no rate for {request.Currency}. Choose another currency, or ask an administrator to add the rate.");
                if (request.Frameworks.FirstOrDefault(f => card.Frameworks.All(k => k.Name != f)) is { } unknown)
                    return Refusal.Invalid(nameof(Frameworks), $"The scorecard does not know the framework \"{unknown}\". An administrator can add it.");
                // Two who say something for the first time would each find nothing.
                await change.Db.Database.ExecuteSqlAsync($"SELECT 1 FROM services WHERE id = {service!.Id} FOR UPDATE", ct);
                var impact = await change.Db.ServiceImpacts.SingleOrDefaultAsync(i => i.ServiceId == service.Id, ct);
                if (impact?.Version != request.Version)
                    return Refusal.Conflict("Somebody else changed this since you opened it. Your figures are still here; look at their change and make yours again.");
                if (impact is null)
                    change.Db.ServiceImpacts.Add(impact = new ServiceImpact(service.Id));
                var frameworks = request.Frameworks.Distinct().ToList();
                var changes = new FieldChanges()
                    .Add("revenuePerHour", impact.RevenuePerHour, request.RevenuePerHour).Add("currency", impact.Currency, request.Currency)
                    .Add("users", impact.Users, request.Users).AddList("frameworks", impact.Frameworks, frameworks).Add("contracts", impact.Contracts, request.Contracts);
                impact.Describe(request.RevenuePerHour, request.Currency, request.Users, frameworks, request.Contracts);
                change.Audit("service.impactDescribed", "service", service.Id, service.Name, changes.Details);
                change.Publish("services");
                return Done.Value;
            }, ct);
    }
}
