using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Queries;

/// <summary>Asks every PostgreSQL whose query is due, a few at once.</summary>
public sealed class SqlPass(IDbContextFactory<PortalDbContext> contexts, SqlPull pull, ILogger<SqlPass> logger) : IPass
{
    private const int AtOnce = 4;

    public string Name => "query-sources";

    public TimeSpan Every => TimeSpan.FromSeconds(10);

    public async Task RunAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var sources = await db.Sources.AsNoTracking().Where(s => s.Kind == SourceKind.Sql && s.PausedAt == null).ToListAsync(ct);
        await Parallel.ForEachAsync(sources.Where(s => IsDue(s, now)), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (source, stop) =>
        {
            try
            {
                await pull.RunAsync(source, now, stop);
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                logger.LogWarning("The query {Source} could not be run and is tried again: {Reason}", source.Name, e.Message);
            }
        });
    }

    private static bool IsDue(Source source, DateTimeOffset now)
    {
        var last = source.LastArrivalAt > source.LastErrorAt ? source.LastArrivalAt : source.LastErrorAt ?? source.LastArrivalAt;
        return last is null || now - last >= source.PullEvery;
    }
}
