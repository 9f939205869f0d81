using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using SloPortal.Application.Common;
using SloPortal.Data;

namespace SloPortal.Application.Incidents.Detection.Intake.Sources;

/// <summary>Writes down how sources do, so that their page says when and why something could not be taken.</summary>
public sealed class SourceHealth(IDbContextFactory<PortalDbContext> contexts, TimeProvider clock, ILogger<SourceHealth> logger)
{
    private const int MostCharacters = 1000;

    /// <param name="source">Of which something came.</param>
    /// <param name="sentence">Why it could not be taken; never the key or a secret.</param>
    /// <param name="ct">Cancels.</param>
    public async Task NoteProblemAsync(KnownSource source, string sentence, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(sentence);
        var (now, text) = (clock.GetUtcNowInMicroseconds(), sentence.Length <= MostCharacters ? sentence : sentence[..MostCharacters]);
        try
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO signal_source_health AS h (source_id, taken, unknown, last_problem_at, last_problem) VALUES ({source.Id}, 0, 0, {now}, {text})
                ON CONFLICT (source_id) DO UPDATE SET last_problem_at = excluded.last_problem_at, last_problem = excluded.last_problem
                """, ct);
        }
        catch (Exception e) when (PortalFailure.IsDatabaseAway(e))
        {
            // The answer says the same to the sender.
            logger.LogWarning("The signal source {Source} sent what could not be taken ({Problem}), which could not be written down: {Reason}", source.Name, text, e.Message);
        }
    }

    internal static Task NoteTakenAsync(PortalDbContext db, Guid source, int taken, int unknown, DateTimeOffset now, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO signal_source_health AS h (source_id, last_received_at, taken, unknown) VALUES ({source}, {now}, {taken}, {unknown})
            ON CONFLICT (source_id) DO UPDATE SET last_received_at = excluded.last_received_at, taken = h.taken + excluded.taken, unknown = h.unknown + excluded.unknown
            """, ct);
}
