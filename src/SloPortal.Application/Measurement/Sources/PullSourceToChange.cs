using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Sources;

internal static class PullSourceToChange
{
    /// <summary>The source, tracked, when it is one that the portal asks.</summary>
    /// <param name="change">The change.</param>
    /// <param name="id">Of the source.</param>
    /// <param name="ct">Cancels.</param>
    /// <param name="queries">Whether a query or a probe will do as well.</param>
    public static async Task<Outcome<Source>> FindAsync(Change change, int id, CancellationToken ct, bool queries = false)
    {
        var source = await change.Db.Sources.SingleOrDefaultAsync(s => s.Id == id && (s.Kind == SourceKind.Pull || (queries && (s.Kind == SourceKind.Sql || s.Kind == SourceKind.Probe))), ct);
        return source is null ? Refusal.NotFound("The source") : source;
    }
}
