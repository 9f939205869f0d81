namespace SloPortal.Domain.Measurement.Files;

/// <summary>
/// A source that is a statement against somebody's PostgreSQL, run on a schedule. It gives a row for each interval: time, good and total.
/// Where and how often stands with the source.
/// </summary>
public sealed class SqlFeed
{
    private SqlFeed() { }

    public SqlFeed(int sourceId, int sliId, string statement, int minutes, DateTimeOffset since)
    {
        SourceId = sourceId;
        SliId = sliId;
        Statement = statement;
        Minutes = minutes;
        Since = since;
    }

    public int SourceId { get; private set; }
    public int SliId { get; private set; }

    /// <summary>One SELECT, with <c>@since</c> for the time after which rows are wanted.</summary>
    public string Statement { get; private set; } = "";

    /// <summary>How long the interval of a row is.</summary>
    public int Minutes { get; private set; }

    /// <summary>The end of what is counted: the next answer is asked for from here on.</summary>
    public DateTimeOffset Since { get; private set; }

    public void Change(string statement, int minutes) => (Statement, Minutes) = (statement, minutes);
}
