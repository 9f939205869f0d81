using Microsoft.EntityFrameworkCore;
using Npgsql;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Measurement.Slis;

/// <summary>Good and total events in steps, oldest first. A step without data is left out: no data is not zero.</summary>
/// <param name="Id">The SLI.</param>
/// <param name="From">The first instant; one day before <paramref name="To"/> when left out.</param>
/// <param name="To">The last instant, exclusive; now when left out.</param>
/// <param name="StepMinutes">The length of a step in minutes, 1 to 1440.</param>
/// <param name="Segment">One of its segments instead of the whole.</param>
public sealed record GetSliCounts(int Id, DateTimeOffset? From, DateTimeOffset? To, int StepMinutes = 60, int? Segment = null)
{
    /// <summary>The most steps that one answer holds.</summary>
    public const int MaxSteps = 11_000;

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, NpgsqlDataSource dataSource, TimeProvider clock)
    {
        public async Task<Outcome<IReadOnlyList<SliStep>>> HandleAsync(GetSliCounts request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            if (request.StepMinutes is < 1 or > 1440)
                return Refusal.Invalid(nameof(StepMinutes), "A step is 1 to 1440 minutes long.");
            var to = request.To ?? clock.GetUtcNowInMicroseconds();
            var from = request.From ?? to - TimeSpan.FromDays(1);
            if (from >= to)
                return Refusal.Invalid(nameof(From), "The start must be before the end.");
            var step = TimeSpan.FromMinutes(request.StepMinutes);
            if ((to - from) / step > MaxSteps)
                return Refusal.Invalid(nameof(StepMinutes), $"That would be more than {MaxSteps:N0} steps; choose longer ones or a shorter time.");
            await using var db = await contexts.CreateDbContextAsync(ct);
            if (!await db.Slis.AnyAsync(s => s.Id == request.Id, ct))
                return Refusal.NotFound("The SLI");
            if (request.Segment is { } segment && !await db.SliSegments.AnyAsync(s => s.Id == segment && s.SliId == request.Id, ct))
                return Refusal.NotFound("The segment");
            return await SliReadings.StepsAsync(dataSource, request.Segment ?? request.Id, new Interval(from, to), step, ct);
        }
    }
}
