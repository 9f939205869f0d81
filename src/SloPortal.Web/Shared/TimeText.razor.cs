using Microsoft.AspNetCore.Components;

namespace SloPortal.Web.Shared;

/// <summary>
/// An instant in the reader's zone: relative, with the absolute on hover and for screen readers. Where it is evidence, UTC
/// stands beside it.
/// </summary>
public partial class TimeText : ComponentBase
{
    [Parameter, EditorRequired] public DateTimeOffset Instant { get; set; }

    /// <summary>The page's now; a component reads no clock.</summary>
    [Parameter, EditorRequired] public DateTimeOffset Now { get; set; }

    /// <summary>The absolute is what is read, as in records and windows.</summary>
    [Parameter] public bool AbsoluteFirst { get; set; }

    [Parameter] public bool WithUtc { get; set; }

    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    private bool IsUtc => Zone.GetUtcOffset(Instant) == TimeSpan.Zero;

    private string Full => RelativeTime.Absolute(Instant, Zone);

    private string Shown => (AbsoluteFirst, WithUtc) switch
    {
        (false, _) => RelativeTime.Describe(Instant, Now, Zone),
        (true, true) when IsUtc => RelativeTime.Moment(Instant, Zone) + " UTC",
        (true, _) => RelativeTime.Moment(Instant, Zone),
    };

    private string? Beside => (AbsoluteFirst, WithUtc) switch
    {
        (_, false) => null,
        (false, true) => RelativeTime.Utc(Instant),
        (true, true) => IsUtc ? null : RelativeTime.UtcBeside(Instant, Zone),
    };
}
