using System.Globalization;
using Microsoft.AspNetCore.Components;
using SloPortal.Application.Measurement.Cost;
using SloPortal.Application.Measurement.Sources;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Cost;
using SloPortal.Web.Access;

namespace SloPortal.Web.Measurement.Cost;

/// <summary>What a source may cost, what it costs, and what became of the rest.</summary>
public sealed partial class SourceBudgetPanel
{
    private Refusal? refusal;
    private bool editing;
    private bool busy;
    private string? series;
    private string? rate;
    private AboveRate above;

    [Parameter, EditorRequired] public SourceDetails Source { get; set; } = default!;

    [Parameter, EditorRequired] public int Hours { get; set; }

    [Parameter, EditorRequired] public DateTimeOffset Now { get; set; }

    /// <summary>The budget was changed.</summary>
    [Parameter] public EventCallback Changed { get; set; }

    [Inject] private SetSourceBudget.Handler Set { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;

    private SourceBudgetDetails? Budget => Source.Budget;

    private void Edit()
    {
        (editing, refusal) = (true, null);
        series = Budget?.MaxSeries?.ToString(CultureInfo.InvariantCulture);
        rate = Budget?.MaxSamplesPerSecond?.ToString(CultureInfo.InvariantCulture);
        above = Budget is { MaxSamplesPerSecond: not null } ? Budget.Above : Enum.GetValues<AboveRate>().First(r => Source.Row.Kind.Allows(r));
    }

    private Task SaveAsync()
    {
        if (!TryNumber(series, out var maxSeries))
            refusal = Refusal.Invalid(nameof(SetSourceBudget.MaxSeries), "Give a whole number, or nothing for no limit.");
        else if (!TryNumber(rate, out var maxRate))
            refusal = Refusal.Invalid(nameof(SetSourceBudget.MaxSamplesPerSecond), "Give a whole number, or nothing for no limit.");
        else
            return DoAsync(new SetSourceBudget(Source.Row.Id, maxSeries, maxRate, above));
        return Task.CompletedTask;
    }

    private Task RemoveAsync() => DoAsync(new SetSourceBudget(Source.Row.Id, null, null));

    private async Task DoAsync(SetSourceBudget request)
    {
        // A second click may come before the button is drawn as disabled.
        if (busy)
            return;
        busy = true;
        refusal = (await Set.HandleAsync(request, await Current.GetAsync(), default)).Refusal;
        busy = false;
        if (refusal is not null)
            return;
        editing = false;
        await Changed.InvokeAsync();
    }

    private static bool TryNumber(string? text, out int? number)
    {
        number = null;
        if (string.IsNullOrWhiteSpace(text))
            return true;
        var known = int.TryParse(text.Trim(), NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var value);
        number = value;
        return known;
    }
}
