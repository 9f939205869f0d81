using SloPortal.Application.Common;

namespace SloPortal.Web.Common;

/// <summary>At the start the database may still be starting too, as in a compose file.</summary>
internal static class DatabaseWait
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Tries again while the database is away.</summary>
    /// <exception cref="DatabaseAwayException">It still is after a minute.</exception>
    public static async Task UntilItAnswersAsync(Func<CancellationToken, Task> attempt, TimeProvider clock, ILogger logger, CancellationToken ct)
    {
        var began = clock.GetTimestamp();
        for (var first = true; ; first = false)
        {
            try
            {
                await attempt(ct);
                return;
            }
            catch (Exception e) when (PortalFailure.IsDatabaseAway(e))
            {
                if (clock.GetElapsedTime(began) > Patience)
                    throw new DatabaseAwayException($"The database did not answer for {Patience.TotalSeconds:0} s ({e.GetBaseException().Message}). Check ConnectionStrings__Portal and that PostgreSQL runs, and start the portal again.", e);
                if (first)
                    logger.LogWarning("The database does not answer yet ({Reason}); waiting up to {Seconds} s", e.GetBaseException().Message, Patience.TotalSeconds);
                await Task.Delay(Pause, clock, ct);
            }
        }
    }
}

/// <summary>The message is a sentence for whoever started the portal.</summary>
internal sealed class DatabaseAwayException(string message, Exception inner) : Exception(message, inner);
