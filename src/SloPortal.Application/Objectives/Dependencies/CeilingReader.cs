using Microsoft.Extensions.Caching.Memory;
using SloPortal.Application.Common;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Dependencies;

namespace SloPortal.Application.Objectives.Dependencies;

/// <summary>The ceiling of a service over the windows that people look at.</summary>
public sealed class CeilingReader : IDisposable
{
    private const int MostKept = 100;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private readonly MemoryCache ceilings = new(new MemoryCacheOptions { SizeLimit = MostKept });
    private readonly DependencyMeasures measures;
    private readonly IDisposable subscription;

    public CeilingReader(DependencyMeasures measures, PortalEvents events)
    {
        ArgumentNullException.ThrowIfNull(events);
        this.measures = measures;
        // What was read of a graph that has changed since is worth nothing.
        subscription = events.Subscribe("dependencies", _ => ceilings.Clear());
    }

    /// <summary>The ceiling over the window of the given length that ends with this minute; null where the service needs nothing that is hard.</summary>
    /// <param name="serviceId">Whose.</param>
    /// <param name="length">Of the window.</param>
    /// <param name="externals">Whether vendors and the minutes that they took away are part of it.</param>
    /// <param name="now">Of the reading.</param>
    /// <param name="fresh">Whether the figures will be signed; otherwise they may be a minute old.</param>
    /// <param name="ct">Cancels.</param>
    internal async Task<CeilingReading?> OfAsync(Guid serviceId, TimeSpan length, ExternalFailures externals, DateTimeOffset now, bool fresh, CancellationToken ct)
    {
        var key = (serviceId, length, externals);
        if (!fresh && ceilings.TryGetValue(key, out CeilingReading? known))
            return known;
        var window = Interval.EndingAt(MinuteClock.Floor(now), TimeSpan.FromMinutes(Math.Floor(length.TotalMinutes)));
        var parts = await measures.ReadAsync(serviceId, window, externals, ct);
        // A service that is measured carries the failures of its vendors in its own figure.
        var without = externals == ExternalFailures.LeftOut ? (await measures.ExternalsAsync(serviceId, window, ct)).Lost : null;
        var (ceiling, leftOut) = DependencyCeiling.Of(parts, (int)window.Minutes, without);
        var reading = parts.Count == 0 ? null : new CeilingReading(window.Start, window.End, ceiling, leftOut);
        return ceilings.Set(key, reading, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Kept });
    }

    public void Dispose()
    {
        subscription.Dispose();
        ceilings.Dispose();
    }
}

/// <summary>The ceiling over [From, To); without a figure where nothing needed is measured.</summary>
/// <param name="LeftOut">What the figures do not count, and why.</param>
public sealed record CeilingReading(DateTimeOffset From, DateTimeOffset To, DependencyCeiling? Ceiling, IReadOnlyList<LeftOutDependency> LeftOut);
