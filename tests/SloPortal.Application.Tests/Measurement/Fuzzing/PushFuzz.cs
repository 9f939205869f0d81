using System.Globalization;
using System.Text;
using System.Text.Json;
using SloPortal.Application.Common;
using SloPortal.Application.Measurement.Ingest;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Tests.Measurement.Fuzzing;

/// <summary>The JSON of a push: what is spread over the minutes of an interval adds up to what was sent.</summary>
internal static class PushFuzz
{
    private static readonly PushRules Rules = new(DateTimeOffset.UnixEpoch, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public static FuzzTarget Target { get; } = new(
        "push",
        [
            Encoding.UTF8.GetBytes("""{"key":"a","series":[{"service":"s","sli":"x","intervals":[{"start":"2026-01-01T10:00:00Z","end":"2026-01-01T10:07:00Z","good":9.5,"total":10}]}]}"""),
            Encoding.UTF8.GetBytes("""{"key":"b","series":[{"service":"s","sli":"x","intervals":[{"start":"2026-01-01T10:00:00+02:00","end":"2026-01-01T11:00:00+02:00","good":0,"total":1e6},{"start":"2026-01-01T10:00:00Z","end":"2026-01-01T10:01:00Z","good":1,"total":1}]}]}"""),
        ],
        body => Parse(body) is { } push ? Sums(push, Spread) : null,
        body => Parse(body) is { } push ? Sums(push, interval => interval.Total) : null);

    private static PushCounts? Parse(byte[] body)
    {
        try
        {
            var push = JsonSerializer.Deserialize<PushCounts>(body, PortalJson.Options);
            return push is not null && new PushCounts.Validator().Validate(push).IsValid ? push : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Sums(PushCounts push, Func<PushedInterval, double> of) => string.Join('\n', push.Series.SelectMany(s => s.Intervals)
        .Select(i => Rules.Problem(i) is null ? of(i).ToString("R", CultureInfo.InvariantCulture) : "refused"));

    private static double Spread(PushedInterval interval)
    {
        double total = 0;
        for (var m = 0; m < interval.Minutes; m++)
        {
            var (good, all) = (EvenSpread.Share(interval.Good, interval.Minutes, m), EvenSpread.Share(interval.Total, interval.Minutes, m));
            Assert.True(good <= all, $"{good} of {all} in minute {m}");
            total += all;
        }

        return Math.Abs(total - interval.Total) <= 1e-9 * interval.Total ? interval.Total : total;
    }
}
