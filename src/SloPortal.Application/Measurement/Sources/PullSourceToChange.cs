using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Sources;

internal static class PullSourceToChange
{
    /// <summary>The source, tracked, when it is one that the portal asks.</summary>
    public static async Task<Outcome<Source>> FindAsync(Change change, int id, CancellationToken ct)
    {
        var source = await change.Db.Sources.SingleOrDefaultAsync(s => s.Id == id && s.Kind == SourceKind.Pull, ct);
        return source is null ? Refusal.NotFound("The source") : source;
    }
}
