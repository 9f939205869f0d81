using System.Globalization;
using Microsoft.AspNetCore.Components;
using SloPortal.Application.Incidents;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Application.Incidents.Timeline.Marks;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Timeline;
using SloPortal.Web.Incidents.Timeline.Marks;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents.Timeline;

/// <summary>The timeline of an incident and the line in which one writes. New entries are read by themselves and put at their places.</summary>
public sealed partial class TimelinePanel
{
    private TimelineView? view;
    private string? shown;
    private Refusal? refusal;
    private (Guid Entry, EntryAct Act)? acting;
    private MarkedEntries marked = new(TimelineMarks.None);

    [Inject] private GetTimeline.Handler Get { get; set; } = default!;
    [Inject] private FollowTimeline.Handler Follow { get; set; } = default!;
    [Inject] private UnpinEntry.Handler Unpin { get; set; } = default!;
    [Inject] private UnlinkEvidence.Handler Unlink { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Parameter, EditorRequired] public IncidentDetail Incident { get; set; } = default!;
    [Parameter, EditorRequired] public Guid Me { get; set; }

    /// <summary>One of <see cref="EntryWords.Views"/>.</summary>
    [Parameter] public string? View { get; set; }
    [Parameter] public DateTimeOffset? KnownAt { get; set; }
    [Parameter] public int Take { get; set; } = GetTimeline.UsualTake;

    /// <summary>What was read before the page lived.</summary>
    [Parameter] public TimelineView? Begun { get; set; }

    /// <summary>More than words was recorded, so that the incident itself may stand otherwise.</summary>
    [Parameter] public EventCallback Moved { get; set; }

    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    protected override IReadOnlyList<string> Topics => [$"incident/{Incident.Id}"];

    /// <summary>Several entries that come at once are one reading; well under the second in which they must be seen.</summary>
    protected override TimeSpan AtMostEvery => TimeSpan.FromMilliseconds(250);

    private int Size => Math.Clamp(Take, GetTimeline.UsualTake, GetTimeline.MostTake);

    private EntryRow? Last => KnownAt is null && Kinds.Length == 0 && view is not null ? view.Entries.FirstOrDefault(e => EntryKinds.IsWhatHappened(e.Kind)) : null;

    /// <summary>Made once for each reading of them, so that lines whose links stay are not drawn again.</summary>
    private MarkedEntries Marked => ReferenceEquals(marked.Marks, view!.Marks) ? marked : marked = new(view.Marks);

    private bool MayAct => Incident.May.Write && KnownAt is null;

    private string Asked => Address(KnownAt);

    private EntryKind[] Kinds => EntryWords.Views.FirstOrDefault(v => v.Name == (View ?? "")).Kinds ?? [];

    private IReadOnlyList<Segment> Segments => [.. EntryWords.Views.Select(v => new Segment(v.Word, TimelineAddress.Of(Incident.Number, v.Name, KnownAt, 0), v.Name == (View ?? "")))];

    private string Caption
    {
        get
        {
            var all = view!.Total == 1 ? "One entry" : $"{view.Total.ToString("N0", CultureInfo.InvariantCulture)} entries";
            return view.Entries.Count < view.Total ? $"{all}, of which the latest {view.Entries.Count} are shown." : $"{all}.";
        }
    }

    protected override void OnAfterRender(bool firstRender)
    {
        base.OnAfterRender(firstRender);
        // Of what was recorded between the page's reading and now nobody told: notices are heard from here on.
        if (firstRender)
            ReadSoon();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (shown is null && Begun is not null)
            (view, shown) = (Begun, Asked);
        if (shown != Asked)
            await ReadAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var asked = Asked;
        // The past does not change.
        if (shown == asked && KnownAt is not null)
            return;
        if (shown == asked && view is { } before)
        {
            var news = await Follow.HandleAsync(new FollowTimeline(Incident.Number, before.Heads), actor, Left);
            if (asked != Asked)
                return;
            refusal = news.Refusal;
            if (news.Succeeded && view is not null && view.MovesWith(news.Value))
                await WholeAsync(asked, actor);
            else if (news.Succeeded && view is not null)
                view = view.With(news.Value, Kinds, acting is null ? Size : int.MaxValue);
            if (!news.Succeeded || news.Value.Entries.Any(e => e.Kind is not (EntryKind.Note or EntryKind.Decision or EntryKind.Pin or EntryKind.Link or EntryKind.Triage or EntryKind.Runbook)))
                await Moved.InvokeAsync();
        }
        else
        {
            shown = asked;
            await WholeAsync(asked, actor);
        }
    }

    private async Task WholeAsync(string asked, Actor actor)
    {
        var page = await Get.HandleAsync(new GetTimeline(Incident.Number, KnownAt, Kinds, 0, Size), actor, Left);
        if (asked == Asked)
            (view, refusal) = (page.Succeeded ? TimelineView.Of(page.Value) : null, page.Refusal);
    }

    private async Task UnpinAsync(PinRow pin)
    {
        refusal = (await Unpin.HandleAsync(new UnpinEntry(Incident.Number, pin.First), await Current.GetAsync(Left), Left)).Refusal;
        if (refusal is null)
            await ReadAsync();
    }

    private async Task UnlinkAsync(EntryRow row, LinkRow link)
    {
        refusal = (await Unlink.HandleAsync(new UnlinkEvidence(Incident.Number, row.Id, link.Evidence), await Current.GetAsync(Left), Left)).Refusal;
        if (refusal is null)
            await ReadAsync();
    }

    private bool IsNewDay(int i) => i > 0
        ? Day(view!.Entries[i - 1]) != Day(view.Entries[i])
        : Day(view!.Entries[0]) != TimeZoneInfo.ConvertTime(Now, Zone).Date;

    private DateTime Day(EntryRow row) => TimeZoneInfo.ConvertTime(row.Time.At, Zone).Date;

    private string Address(DateTimeOffset? knownAt) => TimelineAddress.Of(Incident.Number, View, knownAt, Take);

    private void GoToKnownAt(DateTimeOffset? at) => Navigation.NavigateTo(Address(at), replace: true);
}
