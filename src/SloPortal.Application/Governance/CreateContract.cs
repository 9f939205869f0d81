using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Objectives;
using SloPortal.Application.Objectives.Deriving;
using SloPortal.Application.Objectives.Proposals;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Governance;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Objectives;

namespace SloPortal.Application.Governance;

/// <summary>Enters a contract with a customer, for the team that owns the service.</summary>
/// <param name="Customer">Who was promised something.</param>
/// <param name="Service">Short name of the service.</param>
/// <param name="Sli">Short name of the SLI that the contract is judged by.</param>
/// <param name="TargetPercent">99.9 means 99.9 %.</param>
/// <param name="Window">"calendar month Europe/Berlin".</param>
/// <param name="From">First day of the term.</param>
/// <param name="Until">Last day; null while there is none.</param>
/// <param name="Currency">ISO 4217, such as EUR.</param>
/// <param name="PeriodFee">What the customer pays for one period.</param>
/// <param name="Tiers">What is due below what.</param>
/// <param name="Reference">As the paper has it.</param>
/// <param name="Method">As for objectives; null counts events.</param>
/// <returns>Its number.</returns>
public sealed record CreateContract(
    string Customer, string Service, string Sli, decimal TargetPercent, string Window, DateOnly From, DateOnly? Until,
    string Currency, decimal PeriodFee, IReadOnlyList<CreditTier> Tiers, string? Reference = null, string? Method = null)
{
    public sealed class Validator : AbstractValidator<CreateContract>
    {
        private const decimal HighestFee = 1_000_000_000_000m;

        public Validator()
        {
            RuleFor(r => r.Customer).NotEmpty().WithMessage("Name the customer.").MaximumLength(200).WithMessage("The name of a customer has at most 200 characters.");
            RuleFor(r => r.Reference).MaximumLength(200).WithMessage("A reference has at most 200 characters.");
            RuleFor(r => r.Service).NotEmpty().WithMessage("Choose the service.");
            RuleFor(r => r.Sli).NotEmpty().WithMessage("Choose what it is judged by.");
            RuleFor(r => r.TargetPercent).MustBeTarget();
            RuleFor(r => r.Window).MustBeWindow();
            RuleFor(r => r.Window).Must(text => !SloWindow.TryParse(text, out var window, out _) || window is CalendarWindow)
                .WithMessage("A contract is settled by the calendar: choose a week, a month or a quarter.");
            RuleFor(r => r.From).Must(day => day.Year is >= 2000 and < 9000).WithMessage("Give the first day of the term.");
            RuleFor(r => r.Until).Must((r, until) => until is null || (until >= r.From && until.Value.Year < 9000)).WithMessage("The last day of the term lies before its first.");
            RuleFor(r => r.Currency).Must(c => c is { Length: 3 } && c.All(char.IsAsciiLetterUpper)).WithMessage("Give the currency as ISO 4217 writes it: three capital letters, such as EUR.");
            RuleFor(r => r.PeriodFee).InclusiveBetween(0m, HighestFee).WithMessage("Give what the customer pays for one period, 0 or more.");
            RuleFor(r => r.Tiers).Custom((tiers, context) =>
            {
                if (ObjectiveTarget.RefusalFor(context.InstanceToValidate.TargetPercent) is null
                    && CreditTiers.RefusalFor([.. (tiers ?? []).OfType<CreditTier>()], new ObjectiveTarget(context.InstanceToValidate.TargetPercent)) is { } refusal)
                    context.AddFailure(refusal);
            });
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<int>> HandleAsync(CreateContract request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<CreateContract, int>(request, actor, Permission.OwnServices, async change =>
            {
                var service = await AgreementRules.ActorMustOwnTheServiceAsync(change.Db, request.Service, actor, ct);
                if (!service.Succeeded)
                    return service.Refusal;
                var sli = await AgreementRules.SliMustBelongToTheServiceAsync(change.Db, service.Value, request.Sli, ct);
                if (!sli.Succeeded)
                    return sli.Refusal;
                var method = ProposedTerms.MethodFor(sli.Value, request.Method);
                if (!method.Succeeded)
                    return method.Refusal;
                if (await AgreementRules.WindowMustBeKeptAsync(change.Db, SloWindow.Parse(request.Window), ct) is { } gone)
                    return gone;
                // Two at once would each miss the other. Not more than that: who holds the head of ingest, for which this waits later, may refer to the SLI.
                await change.Db.Database.ExecuteSqlAsync($"SELECT 1 FROM slis WHERE id = {sli.Value.Id} FOR NO KEY UPDATE", ct);
                if (await TermsMustNotOverlapAsync(change, sli.Value, request, ct) is { } overlap)
                    return overlap;

                var contract = new Contract(
                    request.Customer.Trim(), request.Reference?.Trim() ?? "", sli.Value.Id, method.Value, await DerivedSeries.CountsIdAsync(change, sli.Value.Id, method.Value, externalsOf: null, asDecided: false, ct),
                    new ObjectiveTarget(request.TargetPercent), (CalendarWindow)SloWindow.Parse(request.Window), request.From, request.Until,
                    new Money(request.PeriodFee, request.Currency), request.Tiers.OrderByDescending(t => t.BelowPercent), actor.PersonId, change.Now);
                change.Db.Contracts.Add(contract);
                // The database gives the number.
                await change.Db.SaveChangesAsync(ct);
                ContractToChange.Record(change, contract, "created", new
                {
                    Service = service.Value.Slug, Sli = sli.Value.Slug, contract.Reference, Target = contract.Target.Percent, Window = contract.Window.ToString(),
                    Method = method.Value.ToString(), contract.From, contract.Until, contract.Currency, contract.PeriodFee, contract.Tiers,
                });
                return contract.Id;
            }, ct);

        private static async Task<Refusal?> TermsMustNotOverlapAsync(Change change, Sli sli, CreateContract request, CancellationToken ct)
        {
            var customer = request.Customer.Trim();
            var others = await change.Db.Contracts.AsNoTracking().Where(c => c.SliId == sli.Id && c.Customer == customer).ToListAsync(ct);
            return others.Find(c => c.Overlaps(request.From, request.Until)) is not { } other ? null
                : Refusal.Invalid(nameof(From), $"{customer} already has contract {other.Id} on {sli.Name} from {other.From:yyyy-MM-dd}{(other.Until is { } until ? $" to {until:yyyy-MM-dd}" : " on")}. End that one first, or begin after it.");
        }
    }
}
