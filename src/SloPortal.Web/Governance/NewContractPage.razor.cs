using System.Globalization;
using Microsoft.AspNetCore.Components;
using SloPortal.Application.Access;
using SloPortal.Application.Governance;
using SloPortal.Application.Measurement.Slis;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Governance;
using SloPortal.Web.Access;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Governance;

/// <summary>Enters a contract as the paper has it.</summary>
public sealed partial class NewContractPage
{
    private static readonly IReadOnlyList<Crumb> Way = [new("Contracts", Routes.Contracts)];

    private readonly List<TierInput> tiers = [new() { Below = "99.9", Credit = "10" }, new() { Below = "99", Credit = "25" }];
    private readonly MethodInput method = new();
    private IReadOnlyList<SliRow> slis = [];
    private string customer = "";
    private string reference = "";
    private string sli = "";
    private string target = "99.9";
    private string period = "month";
    private string zone = "UTC";
    private DateOnly? from;
    private DateOnly? until;
    private string fee = "";
    private string currency = "EUR";
    private bool busy;
    private Refusal? denial;
    private Refusal? refusal;

    private sealed class TierInput
    {
        public string Below { get; set; } = "";
        public string Credit { get; set; } = "";
    }

    [Inject] private CreateContract.Handler Create { get; set; } = default!;
    [Inject] private ListSlis.Handler Slis { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [SupplyParameterFromQuery] private string? Service { get; set; }

    protected override async Task ReadAsync()
    {
        var actor = await Current.GetAsync();
        if (!actor.May(Permission.OwnServices))
        {
            denial = Denial.Of(actor, Permission.OwnServices);
            return;
        }
        slis = (await Slis.HandleAsync(new ListSlis(Service), actor, default)).Value ?? [];
    }

    private async Task SaveAsync()
    {
        busy = true;
        var chosen = slis.FirstOrDefault(s => s.Id.ToString(CultureInfo.InvariantCulture) == sli);
        var request = new CreateContract(
            customer, chosen?.Service ?? "", chosen?.Slug ?? "", Number(target), $"calendar {period} {zone.Trim()}", from ?? default, until, currency.Trim().ToUpperInvariant(),
            fee.Trim().Length == 0 ? -1 : Number(fee), [.. tiers.Select(t => new CreditTier(Number(t.Below), Number(t.Credit)))], reference, method.Text);
        var outcome = await Create.HandleAsync(request, await Current.GetAsync(), default);
        (refusal, busy) = (outcome.Refusal, false);
        if (outcome.Succeeded)
            Navigation.NavigateTo(Routes.Contract(outcome.Value));
    }

    /// <summary>A decimal comma is understood; what is no number is −1, which no rule takes.</summary>
    private static decimal Number(string text) =>
        decimal.TryParse(text.Trim().TrimEnd('%').Trim().Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : -1m;
}
