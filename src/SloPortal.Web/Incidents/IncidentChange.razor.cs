using Microsoft.AspNetCore.Components;
using SloPortal.Application.Access;
using SloPortal.Application.Incidents;
using SloPortal.Application.Incidents.Response;
using SloPortal.Application.Incidents.Response.Teams;
using SloPortal.Application.Incidents.Response.WarRooms;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Web.Access;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents;

/// <summary>A form for one change of an incident, with what one must know beside it.</summary>
public sealed partial class IncidentChange
{
    private readonly string key = Guid.NewGuid().ToString();
    private readonly Dictionary<IncidentRole, Guid?> holders = [];
    private readonly List<Choice> readers = [];
    private IReadOnlyList<Choice> people = [];
    private IReadOnlyList<IncidentRow> others = [];
    private IncidentStatus status;
    private IncidentSeverity severity;
    private string? title;
    private string? text;
    private DateTime started;
    private DateTime? ended;
    private long? users;
    private int into;
    private IncidentRelation relation = IncidentRelation.Related;
    private bool asks;
    private bool confirmed;
    private bool busy;
    private Refusal? refusal;

    [Inject] private ChangeStatus.Handler ChangeStatus { get; set; } = default!;
    [Inject] private ChangeSeverity.Handler ChangeSeverity { get; set; } = default!;
    [Inject] private AssignRole.Handler Assign { get; set; } = default!;
    [Inject] private ChangeImpact.Handler ChangeImpact { get; set; } = default!;
    [Inject] private DescribeIncident.Handler Describe { get; set; } = default!;
    [Inject] private SayCallLink.Handler Call { get; set; } = default!;
    [Inject] private LinkIncidents.Handler Link { get; set; } = default!;
    [Inject] private MergeIncidents.Handler Merge { get; set; } = default!;
    [Inject] private RestrictIncident.Handler Restrict { get; set; } = default!;
    [Inject] private LiftRestriction.Handler Lift { get; set; } = default!;
    [Inject] private ListPeople.Handler People { get; set; } = default!;
    [Inject] private ListIncidents.Handler Incidents { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Parameter, EditorRequired] public IncidentDetail Incident { get; set; } = default!;
    [Parameter, EditorRequired] public IncidentDoing Doing { get; set; }

    /// <summary>Whether something was changed.</summary>
    [Parameter] public EventCallback<bool> Closed { get; set; }

    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    private string Title => Doing switch
    {
        IncidentDoing.Status => "Change status",
        IncidentDoing.Severity => "Change severity",
        IncidentDoing.Roles => "Assign roles",
        IncidentDoing.Impact => "Correct the impact",
        IncidentDoing.Describe => "Rename or summarise",
        IncidentDoing.Call => "Say where you talk",
        IncidentDoing.Relate => "Link to another",
        IncidentDoing.Merge => "Merge into another",
        IncidentDoing.Restrict => "Say who may see it",
        _ => "",
    };

    protected override async Task OnInitializedAsync()
    {
        (status, severity) = (Incident.NextStatuses is [var next, ..] ? next : Incident.Status, Incident.Severity);
        (started, ended, users) = (Whole(Incident.StartedAt), Incident.EndedAt is { } end ? Whole(end) : null, Incident.UsersAffected);
        if (Doing == IncidentDoing.Describe)
            (title, text) = (Incident.Title, Incident.Summary);
        var actor = await Current.GetAsync();
        if (Doing is IncidentDoing.Roles or IncidentDoing.Restrict)
        {
            people = [.. ((await People.HandleAsync(new ListPeople(Disabled: false, Size: 500), actor, default)).Value?.Items ?? [])
                .Where(p => Doing == IncidentDoing.Roles || p.Id != actor.PersonId).Select(p => new Choice(p.Id.ToString(), p.Name))];
            readers.AddRange(people.Where(p => Incident.Readers.Any(r => r.Id.ToString() == p.Value)));
        }
        if (Doing is IncidentDoing.Merge or IncidentDoing.Relate)
            others = [.. ((await Incidents.HandleAsync(new ListIncidents(true), actor, default)).Value?.Incidents.Items ?? []).Where(i => i.Number != Incident.Number)];
    }

    private async Task SaveAsync()
    {
        busy = true;
        refusal = await ChangeAsync(await Current.GetAsync());
        busy = false;
        // A time or a restriction that was asked about can be confirmed beside the question.
        asks |= refusal?.Fields is { Count: > 0 } && Doing is IncidentDoing.Impact or IncidentDoing.Merge && refusal is not null;
        if (refusal is not null)
            return;
        if (Doing == IncidentDoing.Merge)
            Navigation.NavigateTo(Routes.Incident(into));
        else
            await Closed.InvokeAsync(true);
    }

    private async Task<Refusal?> ChangeAsync(Actor actor) => Doing switch
    {
        IncidentDoing.Status => (await ChangeStatus.HandleAsync(new(Incident.Number, status, Note: text, ClientKey: key), actor, default)).Refusal,
        IncidentDoing.Severity => (await ChangeSeverity.HandleAsync(new(Incident.Number, severity, text ?? "", ClientKey: key), actor, default)).Refusal,
        IncidentDoing.Roles => await AssignAsync(actor),
        IncidentDoing.Impact => (await ChangeImpact.HandleAsync(
            new(Incident.Number, Instant(started, Incident.StartedAt), ended is { } end ? Instant(end, Incident.EndedAt) : null, users, key, confirmed, Incident.Version), actor, default)).Refusal,
        IncidentDoing.Describe => (await Describe.HandleAsync(new(Incident.Number, title ?? "", text, Incident.Version), actor, default)).Refusal,
        IncidentDoing.Call => (await Call.HandleAsync(new(Incident.Number, text, key), actor, default)).Refusal,
        IncidentDoing.Relate => into == 0 ? Refusal.Invalid("Choose the other incident.") : (await Link.HandleAsync(new(Incident.Number, into, relation), actor, default)).Refusal,
        IncidentDoing.Merge => into == 0 ? Refusal.Invalid("Choose the incident in which it goes on.") : (await Merge.HandleAsync(new(Incident.Number, into, confirmed), actor, default)).Refusal,
        IncidentDoing.Restrict when Incident.IsRestricted && !string.IsNullOrWhiteSpace(text) => (await Lift.HandleAsync(new(Incident.Number, text), actor, default)).Refusal,
        IncidentDoing.Restrict => (await Restrict.HandleAsync(new(Incident.Number, [.. readers.Select(r => Guid.Parse(r.Value))]), actor, default)).Refusal,
        _ => null,
    };

    private async Task<Refusal?> AssignAsync(Actor actor)
    {
        foreach (var (role, holder) in holders)
        {
            if (Incident.Roles.First(r => r.Role == role).Holder?.Id == holder)
                continue;
            if ((await Assign.HandleAsync(new(Incident.Number, role, holder, ClientKey: $"{key}/{role}"), actor, default)).Refusal is { } refused)
                return refused;
        }
        return null;
    }

    // The fields know whole seconds; what nobody touched stays exactly as it was.
    private DateTime Whole(DateTimeOffset at) => ReaderZone.Wall(at, Zone) is var wall ? new DateTime(wall.Ticks - (wall.Ticks % TimeSpan.TicksPerSecond)) : default;

    private DateTimeOffset Instant(DateTime wall, DateTimeOffset? before) => before is { } at && wall == Whole(at) ? at : ReaderZone.Instant(wall, Zone);
}
