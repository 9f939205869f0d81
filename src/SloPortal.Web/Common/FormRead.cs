using SloPortal.Application.Common;
using SloPortal.Domain.Common;

namespace SloPortal.Web.Common;

/// <summary>What a form reads while somebody fills it in: a preview, names to choose from.</summary>
internal static class FormRead
{
    /// <summary>A refusal where the database is away, as a change gives one: a failure would take the page, and with it what was typed.</summary>
    public static async Task<Outcome<T>> OrUnanswered<T>(this Task<Outcome<T>> read)
    {
        try
        {
            return await read;
        }
        catch (Exception e) when (PortalFailure.IsDatabaseAway(e))
        {
            return Refusal.Unanswered;
        }
    }
}
