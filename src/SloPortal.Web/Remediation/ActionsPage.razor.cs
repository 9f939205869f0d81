using System.Globalization;
using Microsoft.AspNetCore.Components;
using SloPortal.Application.Catalog;
using SloPortal.Application.Remediation;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Remediation;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Remediation;

/// <summary>What is to be done, overdue first. Filters and page stand in the address.</summary>
public sealed partial class ActionsPage
{
    private static readonly (string Value, string Word)[] Views =
        [("open", "Open"), ("overdue", "Overdue"), ("inprogress", "In progress"), ("done", "Done"), ("dropped", "Dropped"), ("all", "All")];

    private Refusal? refusal;

    [Inject] private ListActions.Handler List { get; set; } = default!;
    [Inject] private ListActionTeams.Handler ListTeams { get; set; } = default!;
    [Inject] private ListServices.Handler ListServices { get; set; } = default!;

    [SupplyParameterFromQuery] private string? Text { get; set; }
    [SupplyParameterFromQuery] private string? Team { get; set; }
    [SupplyParameterFromQuery] private string? Service { get; set; }
    [SupplyParameterFromQuery] private string? State { get; set; }
    [SupplyParameterFromQuery] private bool Mine { get; set; }
    [SupplyParameterFromQuery] private int? Postmortem { get; set; }
    [SupplyParameterFromQuery] private int? Incident { get; set; }
    [SupplyParameterFromQuery] private int Page { get; set; }

    /// <summary>What was read, and for which address, so that the live page begins with what was prerendered.</summary>
    [PersistentState] public Listing? Shown { get; set; }

    public sealed record Listing(string Address, ActionList Found, IReadOnlyList<Named> Teams, IReadOnlyList<Named> Services);

    public sealed record Named(string Slug, string Name);

    /// <summary>Of incidents too: one may become restricted.</summary>
    protected override IReadOnlyList<string> Topics { get; } = ["actions", "incidents"];

    private string View => Array.Exists(Views, v => v.Value == State) ? State! : "open";

    private bool IsFiltered => !string.IsNullOrWhiteSpace(Text) || !string.IsNullOrWhiteSpace(Team) || !string.IsNullOrWhiteSpace(Service) || Mine
        || Postmortem is not null || Incident is not null || View is not ("open" or "all");

    private string Here => Address(Mine, Math.Max(1, Page));

    private string Sentence => Shown is null ? "Reading the actions." : (Shown.Found.Overdue, Mine) switch
    {
        (0, true) => "Nothing of yours is overdue.",
        (0, false) => "Nothing is overdue.",
        (1, _) => $"One action{Yours} is overdue.",
        (var count, _) => $"{count.ToString("N0", CultureInfo.InvariantCulture)} actions{Yours} are overdue.",
    };

    private string Yours => Mine ? " of yours or your teams" : "";

    private IReadOnlyList<Segment> Whose => [new("Everybody's", Address(false, 1), !Mine), new("Mine and my teams'", Address(true, 1), Mine)];

    protected override async Task OnParametersSetAsync()
    {
        if (Shown?.Address != Here)
            await ReadAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var address = Here;
        var outcome = await List.HandleAsync(Request(), actor, Left);
        refusal = outcome.Refusal;
        if (!outcome.Succeeded)
            return;
        var teams = await ListTeams.HandleAsync(new ListActionTeams(), actor, Left);
        var services = await ListServices.HandleAsync(new ListServices(), actor, Left);
        // While this was read the reader may have moved on; its own reading follows.
        if (address != Here)
            return;
        Shown = new Listing(
            address, outcome.Value, [.. (teams.Value ?? []).Select(t => new Named(t.Slug, t.Name))], [.. (services.Value ?? []).Select(s => new Named(s.Slug, s.Name))]);
    }

    private ListActions Request() => new(
        Mine, Team, Service,
        View switch { "inprogress" => ActionState.InProgress, "done" => ActionState.Done, "dropped" => ActionState.Dropped, _ => null },
        View is "open" or "overdue" ? true : null, View == "overdue", Text, Postmortem, Incident, Math.Max(1, Page));

    private string PageAddress(int page) => Address(Mine, page);

    private string Address(bool mine, int page)
    {
        var query = string.Join('&', new[]
        {
            string.IsNullOrWhiteSpace(Text) ? null : $"text={Uri.EscapeDataString(Text.Trim())}",
            string.IsNullOrWhiteSpace(Team) ? null : $"team={Uri.EscapeDataString(Team)}",
            string.IsNullOrWhiteSpace(Service) ? null : $"service={Uri.EscapeDataString(Service)}",
            View == "open" ? null : $"state={View}",
            mine ? "mine=true" : null,
            Postmortem is null ? null : string.Create(CultureInfo.InvariantCulture, $"postmortem={Postmortem}"),
            Incident is null ? null : string.Create(CultureInfo.InvariantCulture, $"incident={Incident}"),
            page == 1 ? null : $"page={page.ToString(CultureInfo.InvariantCulture)}",
        }.OfType<string>());
        return query.Length == 0 ? Routes.Actions : $"{Routes.Actions}?{query}";
    }
}
