using Microsoft.AspNetCore.Components;
using SloPortal.Application.Incidents.OnCall.Calendars;
using SloPortal.Domain.Common;
using SloPortal.Web.Access;

namespace SloPortal.Web.Incidents.OnCall;

/// <summary>Makes and ends the reader's secret calendar address, of their own shifts or of a schedule.</summary>
public sealed partial class CalendarAddress
{
    private CalendarFeedRow? feed;
    private string? made;
    private string? readFor;
    private Refusal? refusal;

    [Inject] private ListCalendarFeeds.Handler List { get; set; } = default!;
    [Inject] private CreateCalendarFeed.Handler Create { get; set; } = default!;
    [Inject] private RevokeCalendarFeed.Handler Revoke { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    [Parameter, EditorRequired] public string Title { get; set; } = "";

    /// <summary>Slug; null for the reader's own shifts.</summary>
    [Parameter] public string? Schedule { get; set; }

    protected override Task OnParametersSetAsync() => readFor == (Schedule ?? "") ? Task.CompletedTask : ReadAsync();

    private async Task ReadAsync()
    {
        readFor = Schedule ?? "";
        var feeds = await List.HandleAsync(await Current.GetAsync(), default);
        feed = feeds.Value?.FirstOrDefault(f => f.Schedule == Schedule);
    }

    private async Task MakeAsync()
    {
        var outcome = await Create.HandleAsync(new CreateCalendarFeed(Schedule), await Current.GetAsync(), default);
        refusal = outcome.Refusal;
        if (!outcome.Succeeded)
            return;
        made = Navigation.BaseUri.TrimEnd('/') + Routes.ShiftCalendar(outcome.Value.Secret);
        await ReadAsync();
    }

    private async Task EndAsync()
    {
        refusal = (await Revoke.HandleAsync(new RevokeCalendarFeed(feed!.Id), await Current.GetAsync(), default)).Refusal;
        made = null;
        await ReadAsync();
    }
}
