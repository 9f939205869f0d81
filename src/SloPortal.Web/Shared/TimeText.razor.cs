using Microsoft.AspNetCore.Components;

namespace SloPortal.Web.Shared;

/// <summary>
/// An instant: relative, with the absolute on hover and for screen readers. Where it is evidence, absolute in the reader's
/// zone with UTC beside it.
/// </summary>
public partial class TimeText : ComponentBase
{
    [Parameter, EditorRequired] public DateTimeOffset Instant { get; set; }

    /// <summary>The page's now; a component reads no clock.</summary>
    [Parameter, EditorRequired] public DateTimeOffset Now { get; set; }

    /// <summary>The reader's zone; UTC when unknown.</summary>
    [Parameter] public TimeZoneInfo? Zone { get; set; }

    [Parameter] public bool AbsoluteFirst { get; set; }

    [Parameter] public bool WithUtc { get; set; }

    private TimeZoneInfo InZone => Zone ?? TimeZoneInfo.Utc;

    private string Full => RelativeTime.Absolute(Instant, InZone);

    private string Shown => AbsoluteFirst ? Full : RelativeTime.Describe(Instant, Now, InZone);
}
