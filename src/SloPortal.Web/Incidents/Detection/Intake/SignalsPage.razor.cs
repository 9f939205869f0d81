using System.Globalization;
using Microsoft.AspNetCore.Components;
using SloPortal.Application.Catalog;
using SloPortal.Application.Incidents.Detection.Intake.Ledger;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents.Detection.Intake;

/// <summary>The ledger of signals. Filters and page stand in the address.</summary>
public sealed partial class SignalsPage
{
    private const string WaitingWord = "waiting";

    private Refusal? refusal;

    [Inject] private ListSignals.Handler List { get; set; } = default!;
    [Inject] private ListServices.Handler ListServices { get; set; } = default!;

    [SupplyParameterFromQuery] private string? Text { get; set; }
    [SupplyParameterFromQuery] private string? State { get; set; }
    [SupplyParameterFromQuery] private string? Outcome { get; set; }
    [SupplyParameterFromQuery] private string? Service { get; set; }
    [SupplyParameterFromQuery(Name = "source")] private string? SourceText { get; set; }
    [SupplyParameterFromQuery(Name = "silence")] private string? SilenceText { get; set; }
    [SupplyParameterFromQuery] private int Page { get; set; }

    /// <summary>What was read, and for which address, so that the live page begins with what was prerendered.</summary>
    [PersistentState] public Listing? Shown { get; set; }

    public sealed record Listing(string Address, SignalList List, bool MayReport, IReadOnlyList<ServiceChoice> Services);

    public sealed record ServiceChoice(string Slug, string Name);

    protected override IReadOnlyList<string> Topics { get; } = ["signals"];

    // A flood moves it many times a second.
    protected override TimeSpan AtMostEvery => TimeSpan.FromSeconds(3);

    private SignalState? ChosenState => Word<SignalState>(State);

    private SignalOutcome? ChosenOutcome => Word<SignalOutcome>(Outcome);

    private bool Waiting => string.Equals(Outcome, WaitingWord, StringComparison.OrdinalIgnoreCase);

    private Guid? Source => Guid.TryParse(SourceText, out var id) ? id : null;

    private Guid? Silence => Guid.TryParse(SilenceText, out var id) ? id : null;

    private int Active => new[] { ChosenState is not null, Waiting || ChosenOutcome is not null, !string.IsNullOrWhiteSpace(Service), Source is not null, Silence is not null }.Count(set => set);

    private bool IsFiltered => Active > 0 || !string.IsNullOrWhiteSpace(Text);

    private string Here => Address(Math.Max(1, Page));

    private string Sentence => Shown?.List.Firing switch
    {
        null => "Reading the signals.",
        0 => "Nothing fires. Every line says what was received, and what became of it.",
        1 => "One signal fires.",
        var firing => $"{firing.Value.ToString("N0", CultureInfo.InvariantCulture)} signals fire.",
    };

    protected override async Task OnParametersSetAsync()
    {
        if (Shown?.Address != Here)
            await ReadAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var address = Here;
        var outcome = await List.HandleAsync(new ListSignals(Text, Service, ChosenState, ChosenOutcome, Source, Waiting, Math.Max(1, Page), Silence: Silence), actor, Left);
        refusal = outcome.Refusal;
        if (!outcome.Succeeded)
            return;
        var services = await ListServices.HandleAsync(new ListServices(), actor, Left);
        // While this was read the reader may have moved on; its own reading follows.
        if (address == Here)
            Shown = new Listing(address, outcome.Value, actor.May(Permission.Respond), [.. (services.Value ?? []).Select(s => new ServiceChoice(s.Slug, s.Name))]);
    }

    private static T? Word<T>(string? text) where T : struct, Enum => Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;

    private string Address(int page)
    {
        var query = string.Join('&', new[]
        {
            string.IsNullOrWhiteSpace(Text) ? null : $"text={Uri.EscapeDataString(Text.Trim())}",
            ChosenState is null ? null : $"state={ChosenState}",
            Waiting ? $"outcome={WaitingWord}" : ChosenOutcome is null ? null : $"outcome={ChosenOutcome}",
            string.IsNullOrWhiteSpace(Service) ? null : $"service={Uri.EscapeDataString(Service)}",
            Source is null ? null : $"source={Source}",
            Silence is null ? null : $"silence={Silence}",
            page == 1 ? null : $"page={page.ToString(CultureInfo.InvariantCulture)}",
        }.OfType<string>());
        return query.Length == 0 ? Routes.Signals : $"{Routes.Signals}?{query}";
    }
}
