using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace SloPortal.Domain.Measurement.Probes;

/// <summary>Statuses of HTTP that are good: <c>200-299, 404</c>.</summary>
public sealed class StatusSet
{
    private readonly (int From, int To)[] ranges;

    private StatusSet((int, int)[] ranges) => this.ranges = ranges;

    public bool Contains(int status) => ranges.Any(r => status >= r.From && status <= r.To);

    /// <summary>Nothing is 200 to 299.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out StatusSet? set)
    {
        set = null;
        var parts = (string.IsNullOrWhiteSpace(text) ? "200-299" : text).Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var ranges = new List<(int, int)>();
        foreach (var part in parts.Take(51))
        {
            var ends = part.Split('-');
            if (ends.Length > 2 || !TryRead(ends[0], out var from) || !TryRead(ends[^1], out var to) || from > to)
                return false;
            ranges.Add((from, to));
        }
        set = ranges.Count is > 0 and <= 50 ? new StatusSet([.. ranges]) : null;
        return set is not null;
    }

    private static bool TryRead(string text, out int status) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out status) && status is >= 100 and <= 599;
}
