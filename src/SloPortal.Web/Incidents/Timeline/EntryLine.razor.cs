using Microsoft.AspNetCore.Components;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Application.Incidents.Timeline.Marks;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Web.Incidents.Timeline;

/// <summary>What somebody is about to do to an entry.</summary>
public enum EntryAct
{
    Correct,
    Pin,
    Link,
}

/// <summary>One entry. It is drawn again only when it changes, since hundreds stand on a page to which others are added every second.</summary>
public sealed partial class EntryLine
{
    private (EntryRow, bool, bool, bool, bool, IReadOnlyList<LinkRow>, TimeZoneInfo)? drawn;

    [Parameter, EditorRequired] public EntryRow Row { get; set; } = default!;

    /// <summary>Number of the incident whose page this is.</summary>
    [Parameter, EditorRequired] public int Incident { get; set; }

    /// <summary>The day stands with the time, since the entry above is of another.</summary>
    [Parameter] public bool ShowsDay { get; set; }

    [Parameter] public bool MayWrite { get; set; }
    [Parameter] public bool IsPinned { get; set; }

    /// <summary>What it rests on. The same list as long as nothing is added.</summary>
    [Parameter] public IReadOnlyList<LinkRow> Links { get; set; } = [];

    /// <summary>Somebody is about to do this to it.</summary>
    [Parameter] public EventCallback<EntryAct> Acting { get; set; }

    /// <summary>It does not rest on this.</summary>
    [Parameter] public EventCallback<LinkRow> Unlinked { get; set; }

    /// <summary>The form for it, while it is open.</summary>
    [Parameter] public RenderFragment? ChildContent { get; set; }

    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    private string Here => Routes.Incident(Incident);

    private bool IsUtc => Zone.GetUtcOffset(Row.Time.At) == TimeSpan.Zero;

    /// <summary>Unless what it says begins so.</summary>
    private bool SaysKind => Row.Kind != EntryKind.Note && !Row.Body.StartsWith(EntryWords.Word(Row.Kind), StringComparison.OrdinalIgnoreCase);

    private Guid? FileId => Row.Details.TryGetProperty("id", out var id) && id.TryGetGuid(out var file) ? file : null;

    protected override bool ShouldRender()
    {
        var now = (Row, ShowsDay, MayWrite, IsPinned, ChildContent is not null, Links, Zone);
        var changed = drawn is not { } before || before != now || ChildContent is not null;
        drawn = now;
        return changed;
    }
}
