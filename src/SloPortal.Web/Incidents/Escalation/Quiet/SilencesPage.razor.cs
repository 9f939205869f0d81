using System.Globalization;
using Microsoft.AspNetCore.Components;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents.Escalation.Quiet;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Escalation.Quiet;
using SloPortal.Web.Access;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents.Escalation.Quiet;

/// <summary>Silences, those that go on first, and the form that plans one. Filters, page and what the form begins with stand in the address.</summary>
public sealed partial class SilencesPage
{
    private Refusal? refusal;
    private Refusal? trouble;
    private string? said;
    private bool busy;

    [Inject] private ListSilences.Handler List { get; set; } = default!;
    [Inject] private MoveSilence.Handler Move { get; set; } = default!;
    [Inject] private EndSilence.Handler End { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [SupplyParameterFromQuery] private string? Filter { get; set; }
    [SupplyParameterFromQuery] private string? State { get; set; }
    [SupplyParameterFromQuery] private int Page { get; set; }
    [SupplyParameterFromQuery(Name = "silence")] private Guid? Pointed { get; set; }
    [SupplyParameterFromQuery] private string? New { get; set; }
    [SupplyParameterFromQuery] private string? Team { get; set; }
    [SupplyParameterFromQuery] private string? Service { get; set; }
    [SupplyParameterFromQuery] private string? Conditions { get; set; }

    /// <summary>What was read, and for which address, so that the live page begins with what was prerendered.</summary>
    [PersistentState] public Listing? Shown { get; set; }

    public sealed record Listing(string Address, Page<SilenceRow> Silences, int Active, bool MayPlan);

    protected override IReadOnlyList<string> Topics { get; } = ["silences", "signals"];

    private SilenceState? Chosen => State?.ToUpperInvariant() switch { "ACTIVE" => SilenceState.Active, "PLANNED" => SilenceState.Planned, "OVER" => SilenceState.Over, _ => null };

    private bool IsFiltered => !string.IsNullOrWhiteSpace(Filter) || Chosen is not null;

    private string Here => Address(Chosen, Math.Max(1, Page));

    private string Sentence => Shown switch
    {
        null => "Reading the silences.",
        { Active: 0 } => "Nothing is silenced now.",
        { Active: 1 } => "One silence keeps signals from calling now.",
        _ => $"{Shown.Active.ToString("N0", CultureInfo.InvariantCulture)} silences keep signals from calling now.",
    };

    private IReadOnlyList<Segment> Views =>
    [
        new("All", Address(null, 1), Chosen is null),
        new("Silent now", Address(SilenceState.Active, 1), Chosen == SilenceState.Active),
        new("Planned", Address(SilenceState.Planned, 1), Chosen == SilenceState.Planned),
        new("Over", Address(SilenceState.Over, 1), Chosen == SilenceState.Over),
    ];

    protected override async Task OnParametersSetAsync()
    {
        if (Shown?.Address != Here)
            await ReadAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var address = Here;
        var outcome = await List.HandleAsync(new ListSilences(Chosen, Text: Filter, Page: Math.Max(1, Page)), actor, Left);
        refusal = outcome.Refusal;
        // While this was read the reader may have moved on; its own reading follows.
        if (outcome.Succeeded && address == Here)
            Shown = new Listing(address, outcome.Value.Silences, outcome.Value.Active, outcome.Value.MayPlan);
    }

    private async Task PlannedAsync(string? sentence)
    {
        said = sentence;
        await ReadAsync();
        Navigation.NavigateTo(Here);
    }

    private Task LongerAsync(SilenceRow silence) =>
        DoAsync(async actor => (await Move.HandleAsync(new MoveSilence(silence.Id, silence.EndsAt.AddHours(1)), actor, default)).Refusal, "It lasts an hour longer.");

    private Task EndAsync(SilenceRow silence) =>
        DoAsync(async actor => (await End.HandleAsync(new EndSilence(silence.Id), actor, default)).Refusal,
            silence.Firing == 0 ? "It is over." : "It is over. What still fires is decided anew, and calls if a rule says so.");

    private async Task DoAsync(Func<Actor, Task<Refusal?>> act, string sentence)
    {
        if (busy)
            return;
        busy = true;
        trouble = await act(await Current.GetAsync(Left));
        (busy, said) = (false, trouble is null ? sentence : null);
        await ReadAsync();
    }

    private string PageAddress(int page) => Address(Chosen, page);

    private string Address(SilenceState? state, int page)
    {
        var query = string.Join('&', new[]
        {
            string.IsNullOrWhiteSpace(Filter) ? null : $"filter={Uri.EscapeDataString(Filter.Trim())}",
            state?.ToString().ToLowerInvariant() is { } word ? $"state={word}" : null,
            page == 1 ? null : $"page={page.ToString(CultureInfo.InvariantCulture)}",
        }.OfType<string>());
        return query.Length == 0 ? Routes.Silences : $"{Routes.Silences}?{query}";
    }
}
