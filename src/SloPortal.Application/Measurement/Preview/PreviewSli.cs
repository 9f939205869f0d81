using Microsoft.EntityFrameworkCore;
using Npgsql;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Application.Measurement.Pull;
using SloPortal.Application.Measurement.Slis;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Preview;

/// <summary>
/// Counts what a definition would have counted over the last hours: from the log for a source that sends, from the server for one that
/// is pulled. Nothing is stored.
/// </summary>
/// <param name="SourceId">The source; every source that sends when null.</param>
/// <param name="Definition">What is counted.</param>
/// <param name="Hours">How far back, 1 to 6.</param>
public sealed record PreviewSli(int? SourceId, SliDraft Definition, int Hours = 6)
{
    public const int MaxHours = 6;

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, NpgsqlDataSource dataSource, PrometheusClient prometheus, SourceSecrets secrets, TimeProvider clock)
    {
        public async Task<Outcome<PreviewedCounts>> HandleAsync(PreviewSli request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            if (request.Definition is null)
                return Refusal.Invalid(nameof(Definition), "Say what is counted.");
            if (!request.Definition.TryBuild(out var definition, out var refusal))
                return refusal;
            if (definition is PushedRatio)
                return Refusal.Invalid("Definition.Kind", "Pushed counts have no series to preview; they count from the first push on.");
            if (definition is Composite)
                return Refusal.Invalid("Definition.Kind", "A journey has no series of its own to preview; it counts what its parts have counted.");
            if (request.Hours is < 1 or > MaxHours)
                return Refusal.Invalid(nameof(Hours), $"A preview covers 1 to {MaxHours} hours.");
            await using var db = await contexts.CreateDbContextAsync(ct);
            var source = request.SourceId is { } id ? await db.Sources.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct) : null;
            if (source is null && request.SourceId is not null)
                return Refusal.Invalid(nameof(SourceId), "There is no such source.");

            var interval = IntervalOf(clock.GetUtcNowInMicroseconds(), request.Hours);
            var fold = new HistoryFold(0, definition);
            if (source is { Kind: SourceKind.Pull })
            {
                if (await PulledHistory.FoldAsync(prometheus, secrets.ServerOf(source), fold, definition, interval, ct) is { } problem)
                    return problem;
            }
            else
            {
                await FoldLogAsync(fold, definition, request.SourceId, interval.Start, ct);
            }
            return PreviewSummary.Of(fold, definition, interval);
        }

        private async Task FoldLogAsync(HistoryFold fold, SliDefinition definition, int? sourceId, DateTimeOffset since, CancellationToken ct)
        {
            await using var connection = await dataSource.OpenConnectionAsync(ct);
            // The series belong to the rows only as long as both are seen at one instant.
            await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
            var head = await LoggedSamples.HeadAsync(connection, locked: false, ct);
            await LoggedSamples.FoldAsync(connection, fold, definition, sourceId, after: 0, head, since, ct);
        }

        private static Interval IntervalOf(DateTimeOffset now, int hours)
        {
            var end = MinuteClock.Ceiling(now);
            var start = end - TimeSpan.FromHours(hours);
            return new Interval(new DateTimeOffset(start.UtcTicks - (start.UtcTicks % PreviewedCounts.Step.Ticks), TimeSpan.Zero), end);
        }
    }
}
