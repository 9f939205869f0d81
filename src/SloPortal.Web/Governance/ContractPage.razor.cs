using System.Globalization;
using Microsoft.AspNetCore.Components;
using SloPortal.Application.Governance;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Governance;

/// <summary>One contract: what its running period costs, all its periods with their evidence, and what is left out.</summary>
public sealed partial class ContractPage
{
    private static readonly IReadOnlyList<Crumb> Way = [new("Contracts", Routes.Contracts)];

    private Refusal? refusal;
    private Refusal? trouble;
    private Deed deed;
    private Guid exclusion;
    private DateOnly? lastDay;
    private DateTime? from;
    private DateTime? to;
    private string reason = "";
    private bool busy;

    private enum Deed
    {
        None,
        End,
        Exclude,
        Withdraw,
    }

    [Inject] private GetContract.Handler Get { get; set; } = default!;
    [Inject] private EndContract.Handler EndIt { get; set; } = default!;
    [Inject] private ExcludeFromContract.Handler Exclude { get; set; } = default!;
    [Inject] private WithdrawExclusion.Handler Withdraw { get; set; } = default!;

    [Parameter] public int Id { get; set; }

    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    [PersistentState] public ContractDetail? Shown { get; set; }

    protected override IReadOnlyList<string> Topics { get; } = ["contracts", "objectives", "budgets"];

    protected override TimeSpan AtMostEvery => TimeSpan.FromSeconds(5);

    private TimeZoneInfo ContractZone => TimeZoneInfo.FindSystemTimeZoneById(Shown!.TimeZone);

    private string Headline => Shown!.Running switch
    {
        null => Shown.Periods.Count == 0 ? "Its term has not begun." : "Its term is over.",
        { Attained: null } => "Nothing was counted in the period that runs.",
        { Credit: > 0 } due => $"{ContractWords.Amount(Shown.Currency, due.Credit)} are due so far.",
        { Met: false } => "Below what was promised, but no credit is due yet.",
        _ => "Kept so far.",
    };

    private string Remark => Shown!.Running is not { Attained: not null } running ? ""
        : running.Certain > 0 ? $"{ContractWords.Amount(Shown.Currency, running.Certain)} are certain, even if nothing fails any more."
        : running.Credit > 0 ? "It can still be made good before the period ends."
        : $"{ContractWords.Amount(Shown.Currency, running.AtMost)} could be due at most.";

    protected override async Task OnParametersSetAsync()
    {
        if (Shown?.Id != Id)
            await ReadAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var outcome = await Get.HandleAsync(new GetContract(Id), actor, Left);
        (Shown, refusal) = (outcome.Value, outcome.Refusal);
    }

    private void Begin(Deed what, Guid about = default) => (deed, exclusion, trouble, reason) = (what, about, null, what == deed ? reason : "");

    private async Task DoAsync()
    {
        busy = true;
        var actor = await Current.GetAsync(Left);
        trouble = deed switch
        {
            Deed.End => (await EndIt.HandleAsync(new EndContract(Id, lastDay ?? default, reason), actor, Left)).Refusal,
            Deed.Exclude => (await Exclude.HandleAsync(new ExcludeFromContract(Id, Instant(from), Instant(to), reason), actor, Left)).Refusal,
            _ => (await Withdraw.HandleAsync(new WithdrawExclusion(Id, exclusion, reason), actor, Left)).Refusal,
        };
        busy = false;
        if (trouble is not null)
            return;
        Begin(Deed.None);
        await ReadAsync();
    }

    private DateTimeOffset Instant(DateTime? local) => local is { } given ? ReaderZone.Instant(given, Zone) : default;

    private string PeriodName(ContractFigures period) => ContractWords.Period(period, Shown!.Window, Shown.TimeZone);

    private string StoryOf(ContractFigures period) =>
        $"{Routes.Objective(Shown!.Guards[0].Service, Shown.Guards[0].Objective)}?from={Uri.EscapeDataString(period.From.ToString("O", CultureInfo.InvariantCulture))}&to={Uri.EscapeDataString((period.To < Now ? period.To : Now).ToString("O", CultureInfo.InvariantCulture))}";

    private static string Count(double value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);
}
