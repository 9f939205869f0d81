using Microsoft.AspNetCore.Components;
using SloPortal.Application.Incidents.Updates;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Updates;
using SloPortal.Web.Access;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents.Updates;

/// <summary>Writes an update, or one anew. Another state brings the text of its template, unless the writer has changed the text.</summary>
public sealed partial class UpdateForm : ComponentBase
{
    private readonly HashSet<string> pages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ServiceCondition> conditions = new(StringComparer.Ordinal);
    private Refusal? refusal;
    private ToldState state;
    private string? title;
    private string? body;
    private DateTime? next;
    private bool busy;

    [Inject] private WriteUpdate.Handler Write { get; set; } = default!;
    [Inject] private ReviseUpdate.Handler Revise { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;

    /// <summary>Number.</summary>
    [Parameter, EditorRequired] public int Incident { get; set; }

    /// <summary>What a new one begins with.</summary>
    [Parameter, EditorRequired] public UpdateDraft Draft { get; set; } = default!;

    /// <summary>What is written anew; null writes another.</summary>
    [Parameter] public UpdateRow? Revised { get; set; }

    /// <summary>With what became of it; null where it was left.</summary>
    [Parameter] public EventCallback<WrittenUpdate?> Closed { get; set; }

    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    private bool Waits => Draft.StatusPages.Any(p => p.NeedsApproval && pages.Contains(p.Slug));

    /// <summary>The services of which the chosen pages tell.</summary>
    private IEnumerable<DraftService> Told => Draft.Services.Where(s => s.StatusPages.Any(pages.Contains));

    protected override void OnInitialized()
    {
        foreach (var service in Draft.Services)
            conditions[service.Slug] = Revised?.Services.FirstOrDefault(s => s.Service == service.Slug)?.Condition ?? (Revised is null ? service.Condition : ServiceCondition.Operational);
        pages.UnionWith(Revised is null ? Draft.StatusPages.Where(p => p.IsProposed).Select(p => p.Slug) : Revised.StatusPages.Select(p => p.Slug));
        (state, title, body) = Revised is null ? (Draft.State, Draft.Title, Draft.Bodies[Draft.State]) : (Revised.Told, Revised.Title, Revised.Body);
        next = (Revised is null ? Draft.NextUpdateAt : Revised.NextUpdateAt) is { } at ? Minute(ReaderZone.Wall(at, Zone)) : null;
    }

    private void Choose(ChangeEventArgs e)
    {
        if (!Enum.TryParse<ToldState>(e.Value?.ToString(), out var chosen))
            return;
        if (body == Draft.Bodies[state])
            body = Draft.Bodies[chosen];
        state = chosen;
    }

    private void Toggle(string slug, bool chosen)
    {
        if (chosen)
            pages.Add(slug);
        else
            pages.Remove(slug);
    }

    private async Task SaveAsync()
    {
        busy = true;
        var given = new UpdateGiven(
            state, title ?? "", body ?? "", state == ToldState.Resolved || next is null ? null : ReaderZone.Instant(next.Value, Zone), [.. pages],
            [.. Told.Select(s => new ConditionGiven(s.Slug, state == ToldState.Resolved ? ServiceCondition.Operational : conditions[s.Slug]))]);
        var actor = await Current.GetAsync();
        var outcome = Revised is null
            ? await Write.HandleAsync(new WriteUpdate(Incident, given), actor, default)
            : await Revise.HandleAsync(new ReviseUpdate(Incident, Revised.Id, given, Revised.Version), actor, default);
        (refusal, busy) = (outcome.Refusal, false);
        if (outcome.Succeeded)
            await Closed.InvokeAsync(outcome.Value);
    }

    private static DateTime Minute(DateTime at) => new(at.Ticks - at.Ticks % TimeSpan.TicksPerMinute);
}
