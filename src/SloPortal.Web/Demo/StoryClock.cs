namespace SloPortal.Web.Demo;

/// <summary>
/// The time of the story. The demo plays its 90 days in order through the ordinary operations, which read the clock as they
/// always do; so nothing in them has to let anybody back-date anything, and audit, signatures and alerts lie where they belong.
/// </summary>
internal sealed class StoryClock : TimeProvider
{
    private DateTimeOffset now;

    public override DateTimeOffset GetUtcNow() => now;

    /// <summary>Time does not run backwards.</summary>
    public void MoveTo(DateTimeOffset instant) => now = instant > now ? instant : now;
}
