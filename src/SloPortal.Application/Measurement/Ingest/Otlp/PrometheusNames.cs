using System.Text;

namespace SloPortal.Application.Measurement.Ingest.Otlp;

/// <summary>What a metric is, as far as its name is concerned.</summary>
internal enum MetricShape
{
    Counter,
    Gauge,
    Other,
}

/// <summary>
/// Names as the OTLP receiver of Prometheus makes them in its usual setting, <c>UnderscoreEscapingWithSuffixes</c>: what Prometheus does not
/// allow becomes an underscore, the unit is written out at the end, a counter ends in <c>_total</c> and a gauge of the unit 1 in <c>_ratio</c>
/// (OpenTelemetry specification, compatibility/prometheus_and_openmetrics.md; prometheus/otlptranslator).
/// </summary>
internal static class PrometheusNames
{
    /// <summary>Writes the name of a metric; nothing when no character of it can be used.</summary>
    public static void AddMetric(PooledBytes to, ReadOnlySpan<byte> name, ReadOnlySpan<byte> unit, MetricShape shape)
    {
        var start = to.Length;
        var last = shape == MetricShape.Counter ? "total"u8 : shape == MetricShape.Gauge && unit.SequenceEqual("1"u8) ? "ratio"u8 : default;
        var (main, per) = UnitOf(unit);
        var hasMain = main.Length == 0;
        var any = false;
        for (var rest = name; TryToken(ref rest, out var token);)
        {
            any = true;
            hasMain |= token.SequenceEqual(main);
            AddToken(to, start, token, last);
        }

        if (!any)
        {
            return;
        }

        if (!hasMain)
        {
            AddToken(to, start, main, last);
        }

        AddToken(to, start, per, last);
        AddToken(to, start, last, default);
        if (to.Length > start && to.Written[start] is >= (byte)'0' and <= (byte)'9')
        {
            to.Room(1);
            to.Advance(1);
            var written = to.Written;
            written[start..^1].CopyTo(written[(start + 1)..]);
            written[start] = (byte)'_';
        }
    }

    /// <summary>Writes the name of a label.</summary>
    public static void AddLabel(PooledBytes to, ReadOnlySpan<byte> key)
    {
        if (key.Length == 0)
        {
            return;
        }

        if (key[0] is >= (byte)'0' and <= (byte)'9')
        {
            to.Add("key_"u8);
        }
        else if (!IsNamePart(key[0]) && (SecondOf(key) is not { } second || IsNamePart(second)))
        {
            // A name with one underscore in front is kept for Prometheus itself.
            to.Add("key"u8);
        }

        foreach (var b in key)
        {
            if (!IsContinuation(b))
            {
                to.Add(IsNamePart(b) ? b : (byte)'_');
            }
        }
    }

    private static byte? SecondOf(ReadOnlySpan<byte> key)
    {
        var at = 1;
        while (at < key.Length && IsContinuation(key[at]))
        {
            at++;
        }

        return at < key.Length ? key[at] : null;
    }

    /// <summary>Of a character of several bytes only the first one counts.</summary>
    private static bool IsContinuation(byte b) => (b & 0xC0) == 0x80;

    private static void AddToken(PooledBytes to, int start, ReadOnlySpan<byte> token, ReadOnlySpan<byte> except)
    {
        if (token.Length == 0 || token.SequenceEqual(except))
        {
            return;
        }

        if (to.Length > start)
        {
            to.Add((byte)'_');
        }

        to.Add(token);
    }

    private static bool TryToken(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> token)
    {
        var from = 0;
        while (from < rest.Length && !IsMetricPart(rest[from]))
        {
            from++;
        }

        var end = from;
        while (end < rest.Length && IsMetricPart(rest[end]))
        {
            end++;
        }

        token = rest[from..end];
        rest = rest[end..];
        return token.Length > 0;
    }

    /// <summary>The unit in words, and what it is per: <c>By/s</c> gives bytes and per_second. Either may be empty.</summary>
    private static (byte[] Main, byte[] Per) UnitOf(ReadOnlySpan<byte> unit)
    {
        // Nearly all units are one of these.
        if (unit.Length == 0 || unit.SequenceEqual("1"u8))
        {
            return ([], []);
        }

        if (unit.SequenceEqual("s"u8))
        {
            return (Seconds, []);
        }

        if (unit.SequenceEqual("ms"u8))
        {
            return (Milliseconds, []);
        }

        var text = Encoding.UTF8.GetString(unit[..Math.Min(unit.Length, MaxUnit)]);
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var main = Cleaned(slash < 0 ? text : text[..slash], WordOf);
        var per = slash < 0 ? "" : Cleaned(text[(slash + 1)..], PerWordOf).TrimEnd('_');
        return (Encoding.UTF8.GetBytes(per.Length > 0 ? main.TrimEnd('_') : main), Encoding.UTF8.GetBytes(per.Length > 0 ? "per_" + per : ""));
    }

    private const int MaxUnit = 100;

    private static readonly byte[] Seconds = "seconds"u8.ToArray();
    private static readonly byte[] Milliseconds = "milliseconds"u8.ToArray();

    private static string Cleaned(string unit, Func<string, string> word)
    {
        var trimmed = unit.Trim();
        if (trimmed.Length == 0 || trimmed.Contains('{', StringComparison.Ordinal) || trimmed.Contains('}', StringComparison.Ordinal))
        {
            return "";
        }

        var clean = new StringBuilder();
        foreach (var c in word(trimmed))
        {
            var next = c < 0x80 && IsMetricPart((byte)c) ? c : '_';
            if (next != '_' || (clean.Length > 0 && clean[^1] != '_'))
            {
                clean.Append(next);
            }
        }

        return clean.ToString();
    }

    private static string WordOf(string unit) => unit switch
    {
        "d" => "days",
        "h" => "hours",
        "min" => "minutes",
        "s" => "seconds",
        "ms" => "milliseconds",
        "us" => "microseconds",
        "ns" => "nanoseconds",
        "By" => "bytes",
        "KiBy" => "kibibytes",
        "MiBy" => "mebibytes",
        "GiBy" => "gibibytes",
        "TiBy" => "tibibytes",
        "KBy" => "kilobytes",
        "MBy" => "megabytes",
        "GBy" => "gigabytes",
        "TBy" => "terabytes",
        "m" => "meters",
        "V" => "volts",
        "A" => "amperes",
        "J" => "joules",
        "W" => "watts",
        "g" => "grams",
        "Cel" => "celsius",
        "Hz" => "hertz",
        "1" => "",
        "%" => "percent",
        _ => unit,
    };

    private static string PerWordOf(string unit) => unit switch
    {
        "s" => "second",
        "m" => "minute",
        "h" => "hour",
        "d" => "day",
        "w" => "week",
        "mo" => "month",
        "y" => "year",
        _ => unit,
    };

    private static bool IsMetricPart(byte b) => IsNamePart(b) || b == ':';

    private static bool IsNamePart(byte b) => b is (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'0' and <= (byte)'9');
}
