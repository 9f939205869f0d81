namespace SloPortal.Domain.Measurement.Files;

/// <summary>What a file holds.</summary>
public enum RowFormat
{
    /// <summary>Values between delimiters.</summary>
    Csv,

    /// <summary>Lines of a log, read with a pattern whose named groups are the columns.</summary>
    Lines,
}

/// <summary>How a time is written.</summary>
public enum TimeForm
{
    /// <summary>ISO 8601 and its usual relatives: <c>2026-11-26T10:00:00Z</c>, <c>2026-11-26 10:00:00.123</c>.</summary>
    Iso,

    /// <summary>Seconds since 1970, with or without a fraction.</summary>
    UnixSeconds,

    /// <summary>Milliseconds since 1970.</summary>
    UnixMilliseconds,

    /// <summary>As web servers write it: <c>10/Oct/2000:13:55:36 -0700</c>.</summary>
    WebLog,

    /// <summary>As syslog writes it, without a year: <c>Oct 10 13:55:36</c>. It is the newest year that is not in the future.</summary>
    Syslog,

    /// <summary>In a format that is given, such as <c>dd.MM.yyyy HH:mm</c>.</summary>
    Custom,
}

/// <summary>What one row says.</summary>
public enum RowMeaning
{
    /// <summary>Counts of an interval.</summary>
    Counts,

    /// <summary>One event.</summary>
    Event,
}

/// <summary>Which values of a column make an event good.</summary>
public enum GoodTest
{
    /// <summary>One of some values, separated by commas; upper and lower case are the same.</summary>
    OneOf,

    /// <summary>The whole value matches a regular expression.</summary>
    Matches,

    /// <summary>A status in one of the classes, such as <c>2xx, 3xx</c>.</summary>
    StatusClasses,
    AtMost,
    Below,
    AtLeast,
    Above,
}

/// <summary>How the time of a row is read.</summary>
/// <param name="Column">Name of the column.</param>
/// <param name="Form">How it is written.</param>
/// <param name="Format">Of a custom one, in the letters of .NET.</param>
/// <param name="Zone">IANA id of the zone of times that name no offset.</param>
public sealed record TimeRule(string Column, TimeForm Form, string? Format = null, string Zone = "UTC");

/// <summary>What a row counts.</summary>
/// <param name="Meaning">Counts of an interval, or one event.</param>
public sealed record CountRule(RowMeaning Meaning)
{
    /// <summary>Column of the good events; or else <see cref="Bad"/>.</summary>
    public string? Good { get; init; }

    /// <summary>Column of the bad events; or else <see cref="Good"/>.</summary>
    public string? Bad { get; init; }

    /// <summary>Column of all events.</summary>
    public string? Total { get; init; }

    /// <summary>How long the interval of a row is.</summary>
    public int Minutes { get; init; } = 1;

    /// <summary>Whether the time of a row is the end of its interval.</summary>
    public bool TimeIsEnd { get; init; }

    /// <summary>The column that decides whether an event is good.</summary>
    public string? Column { get; init; }

    public GoodTest Test { get; init; }

    /// <summary>What the column is compared with: values, a pattern, classes or a number.</summary>
    public string? Value { get; init; }
}

/// <summary>How rows become counts. Columns are named by the header, by the groups of the pattern, or as "Column 2".</summary>
public sealed record RowMapping
{
    public RowFormat Format { get; init; }

    /// <summary>Between the values of a CSV; null is found out anew for each file.</summary>
    public string? Delimiter { get; init; }

    /// <summary>Whether the first row of a CSV names the columns.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>Whether numbers have a decimal comma.</summary>
    public bool DecimalComma { get; init; }

    /// <summary>Of log lines: a regular expression with named groups.</summary>
    public string? Pattern { get; init; }

    /// <summary>Whether lines that the pattern does not match are passed over; else they are refused and listed.</summary>
    public bool PassOverOthers { get; init; }

    public required TimeRule Time { get; init; }

    public required CountRule Counts { get; init; }
}
