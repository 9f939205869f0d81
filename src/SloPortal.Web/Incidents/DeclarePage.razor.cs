using Microsoft.AspNetCore.Components;
using SloPortal.Application.Access;
using SloPortal.Application.Budgets;
using SloPortal.Application.Catalog;
using SloPortal.Application.Incidents;
using SloPortal.Application.Incidents.Detection;
using SloPortal.Application.Incidents.Response;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Web.Access;
using SloPortal.Web.Common;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents;

/// <summary>Declares an incident, with the criteria beside the severity.</summary>
public sealed partial class DeclarePage
{
    private static readonly IReadOnlyList<Crumb> Way = [new("Incidents", Routes.Incidents)];

    private readonly List<Choice> chosenServices = [];
    private readonly List<Choice> chosenObjectives = [];
    private readonly List<Choice> readers = [];
    private IReadOnlyList<Choice> objectives = [];
    private IReadOnlyList<Choice>? people;
    private string? title;
    private string? summary;
    private IncidentSeverity severity = IncidentSeverity.Sev3;
    private DateTime? started;
    private bool confirmed;
    private bool restricted;
    private bool busy;
    private string[]? question;
    private Refusal? denial;
    private Refusal? refusal;

    [Inject] private DeclareIncident.Handler Declare { get; set; } = default!;
    [Inject] private ListSeverityLevels.Handler Levels { get; set; } = default!;
    [Inject] private ListServices.Handler Services { get; set; } = default!;
    [Inject] private ListObjectives.Handler Objectives { get; set; } = default!;
    [Inject] private ListPeople.Handler People { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    /// <summary>The service about which somebody reads, when they come from its page.</summary>
    [SupplyParameterFromQuery] private string? Service { get; set; }

    /// <summary>What the form begins with, handed from the prerendered page to the live one: the form never goes from under a hand.</summary>
    [PersistentState] public Offer? Offered { get; set; }

    protected override async Task OnInitializedAsync()
    {
        if (Offered is null)
            await ReadAsync();
        if (Offered?.Services.FirstOrDefault(s => s.Value == Service) is not { } about)
            return;
        chosenServices.Add(about);
        objectives = Offered.Objectives;
    }

    private async Task ReadAsync()
    {
        var actor = await Current.GetAsync();
        if (!actor.May(Permission.Respond))
        {
            denial = Denial.Of(actor, Permission.Respond);
            return;
        }
        var levels = (await Levels.HandleAsync(new ListSeverityLevels(), actor, default)).Value ?? [];
        var services = ((await Services.HandleAsync(new ListServices(), actor, default)).Value ?? []).Select(s => new Choice(s.Slug, s.Name)).ToArray();
        var about = services.Any(s => s.Value == Service) ? await ObjectivesAsync([Service!], actor) : [];
        Offered = new Offer(levels, services, about);
    }

    private async Task OfferPeopleAsync()
    {
        var actor = await Current.GetAsync();
        people ??= [.. ((await People.HandleAsync(new ListPeople(Disabled: false, Size: 500), actor, default)).Value?.Items ?? [])
            .Where(p => p.Id != actor.PersonId).Select(p => new Choice(p.Id.ToString(), p.Name))];
    }

    private async Task ServicesChangedAsync()
    {
        var found = await ObjectivesAsync(chosenServices.Select(s => s.Value), await Current.GetAsync());
        if (refusal is not null)
            return;
        objectives = found;
        chosenObjectives.RemoveAll(o => !found.Contains(o));
    }

    private async Task<List<Choice>> ObjectivesAsync(IEnumerable<string> ofServices, Actor actor)
    {
        var found = new List<Choice>();
        foreach (var service in ofServices)
        {
            var rows = await Objectives.HandleAsync(new ListObjectives(Service: service, Size: 100), actor, default).OrUnanswered();
            refusal = rows.Refusal;
            if (refusal is not null)
                return [];
            found.AddRange((rows.Value?.Page.Items ?? []).Select(o => new Choice($"{o.Service}/{o.Slug}", $"{o.ServiceName}: {o.Name}")));
        }
        return found;
    }

    private async Task SaveAsync()
    {
        busy = true;
        var request = new DeclareIncident(
            title ?? "", severity, [.. chosenServices.Select(s => s.Value)], [.. chosenObjectives.Select(o => KeyOf(o.Value))],
            started is { } wall ? ReaderZone.Instant(wall, Zone) : null, summary, restricted, [.. readers.Select(r => Guid.Parse(r.Value))], confirmed);
        var outcome = await Declare.HandleAsync(request, await Current.GetAsync(), default);
        (refusal, busy) = (outcome.Refusal, false);
        question = refusal?.Fields?.GetValueOrDefault(nameof(DeclareIncident.StartedAt));
        if (outcome.Succeeded)
            Navigation.NavigateTo(Routes.Incident(outcome.Value));
    }

    private static ObjectiveKey KeyOf(string value) => value.Split('/') is [var service, var objective] ? new(service, objective) : new(value, "");

    /// <param name="Levels">The severities and when each applies.</param>
    /// <param name="Services">To choose from.</param>
    /// <param name="Objectives">Of the service about which somebody reads.</param>
    public sealed record Offer(IReadOnlyList<SeverityRow> Levels, IReadOnlyList<Choice> Services, IReadOnlyList<Choice> Objectives);
}
