using System.Collections.Frozen;
using SloPortal.Application.Measurement.Ingest.Writing;
using SloPortal.Domain.Measurement.Cost;

namespace SloPortal.Application.Measurement.Cost;

/// <summary>
/// Holds the sources to the rates of their budgets, for this portal alone: so many portals, so many times the rate may come. Sources without a
/// rate pass by one look-up.
/// </summary>
internal sealed class RateGate(TimeProvider clock)
{
    private volatile IReadOnlyList<SourceBudget> _budgets = [];
    private volatile FrozenDictionary<int, Limit> _limits = FrozenDictionary<int, Limit>.Empty;

    /// <summary>Takes other budgets. A rate that stays keeps what is left of it.</summary>
    public void Use(IReadOnlyList<SourceBudget> budgets)
    {
        if (ReferenceEquals(budgets, _budgets))
            return;
        var now = clock.GetUtcNow();
        var before = _limits;
        _limits = budgets.Where(b => b.MaxSamplesPerSecond is not null)
            .ToFrozenDictionary(b => b.SourceId, b => before.TryGetValue(b.SourceId, out var limit) && limit.IsOf(b) ? limit : new Limit(b, now));
        _budgets = budgets;
    }

    /// <summary>
    /// Whether the request is taken: within the rate as it is, above it thinned where the rule says so and it can be. Else it is told how long to wait.
    /// </summary>
    public bool Admits(IngestRequest request) =>
        _limits.Count == 0 || request.Weight == 0 || !_limits.TryGetValue(request.SourceId, out var limit) || limit.Admits(request, clock.GetUtcNow());

    /// <summary>Samples a second that this portal took in the last five minutes, before any was thinned; null for a source without a rate.</summary>
    public double? RateOf(int sourceId) => _limits.TryGetValue(sourceId, out var limit) ? limit.Rate(clock.GetUtcNow()) : null;

    /// <summary>Samples that were put off by this portal since it last took any of the source; they are stored with the next that it takes.</summary>
    public int PutOffOf(int sourceId) => _limits.TryGetValue(sourceId, out var limit) ? limit.PutOff : 0;

    private sealed class Limit(SourceBudget budget, DateTimeOffset since)
    {
        private const int Minutes = 5;

        private readonly Lock _lock = new();
        private readonly TokenBucket _bucket = new(budget.MaxSamplesPerSecond!.Value, since);
        private readonly (long Minute, long Samples)[] _came = new (long, long)[Minutes + 1];
        private int _putOff;

        public int PutOff => Volatile.Read(ref _putOff);

        public bool IsOf(SourceBudget other) => other.MaxSamplesPerSecond == budget.MaxSamplesPerSecond && other.Above == budget.Above;

        public bool Admits(IngestRequest request, DateTimeOffset now)
        {
            lock (_lock)
            {
                if (_bucket.TryTake(request.Weight, now) || (budget.Above == AboveRate.Thin && request.TryThin()))
                {
                    Count(request.Weight, now);
                    request.CountPutOff(_putOff);
                    _putOff = 0;
                    return true;
                }

                _putOff += request.Weight;
                request.Wait = _bucket.Wait(now);
                return false;
            }
        }

        public double Rate(DateTimeOffset now)
        {
            lock (_lock)
            {
                var minute = MinuteOf(now);
                var from = Math.Max((now - TimeSpan.FromMinutes(Minutes)).ToUnixTimeMilliseconds(), since.ToUnixTimeMilliseconds());
                var seconds = Math.Max(1, (now.ToUnixTimeMilliseconds() - from) / 1000.0);
                return _came.Where(c => c.Minute > minute - Minutes).Sum(c => c.Samples) / seconds;
            }
        }

        private void Count(int samples, DateTimeOffset now)
        {
            var minute = MinuteOf(now);
            ref var slot = ref _came[minute % _came.Length];
            slot = slot.Minute == minute ? (minute, slot.Samples + samples) : (minute, samples);
        }

        private static long MinuteOf(DateTimeOffset now) => now.ToUnixTimeSeconds() / 60;
    }
}
