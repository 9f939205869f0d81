using Microsoft.AspNetCore.Components;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents.OnCall;
using SloPortal.Domain.Access;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents.OnCall;

/// <summary>Who is on call for the reader's team, in the top bar of every page, live.</summary>
public sealed partial class OnCallMark
{
    private IReadOnlyList<ScheduleNow> schedules = [];
    private Guid reader;

    [Inject] private WhoIsOnCallForMe.Handler Who { get; set; } = default!;

    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    protected override IReadOnlyList<string> Topics { get; } = ["on-call", "teams"];

    // A shift ends by the clock, which nobody publishes.
    protected override TimeSpan? AtLeastEvery => TimeSpan.FromMinutes(1);

    /// <summary>Of several schedules the one by which the reader is on call, then one in which nobody is.</summary>
    private ScheduleNow? Shown => schedules.FirstOrDefault(s => s.Now?.Id == reader) ?? schedules.FirstOrDefault(s => s.Now is null) ?? (schedules.Count > 0 ? schedules[0] : null);

    private bool IsMe => Shown?.Now?.Id == reader;

    private string Words => Shown?.Now is { } now ? IsMe ? "You are on call" : $"On call: {now.Name}" : "Nobody on call";

    private string Title => Shown is null ? "" : $"{Words} ({Shown.Name})" + (Shown.Now?.Until is { } until ? $", until {RelativeTime.Moment(until, Zone)}" : "");

    protected override Task OnInitializedAsync() => ReadWherePossibleAsync();

    protected override async Task ReadAsync(Actor actor)
    {
        reader = actor.PersonId;
        schedules = (await Who.HandleAsync(actor, Left)).Value ?? [];
    }

    private async Task ReadWherePossibleAsync()
    {
        try
        {
            await ReadAsync();
        }
        catch (Exception e) when (PortalFailure.IsDatabaseAway(e))
        {
            // The mark keeps what it showed; the page says what is the matter.
        }
    }
}
