using SloPortal.Domain.Measurement.Retention;

namespace SloPortal.Domain.Governance.Retention;

/// <summary>How much went from one table.</summary>
public sealed record PurgedTable(string Table, long Rows);

/// <summary>What one purge removed.</summary>
public sealed class PurgeReceipt
{
    private PurgeReceipt() { }

    public PurgeReceipt(Guid id, RetentionClass kind, int days, DateTimeOffset before, int holds, DateTimeOffset now)
    {
        Id = id;
        Kind = kind;
        Days = days;
        Before = before;
        Holds = holds;
        BegunAt = now;
    }

    public Guid Id { get; private set; }
    public RetentionClass Kind { get; private set; }

    /// <summary>The rule, as it stood.</summary>
    public int Days { get; private set; }

    /// <summary>What was older went.</summary>
    public DateTimeOffset Before { get; private set; }

    /// <summary>How many legal holds were in force.</summary>
    public int Holds { get; private set; }

    public IReadOnlyList<PurgedTable> Tables { get; private set; } = [];
    public DateTimeOffset BegunAt { get; private set; }

    /// <summary>Null while it runs, or where it was interrupted; the next one removes the rest.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    public long Rows => Tables.Sum(t => t.Rows);

    public void Add(string table, long rows) =>
        Tables = [.. Tables.Where(t => t.Table != table), new PurgedTable(table, rows + (Tables.FirstOrDefault(t => t.Table == table)?.Rows ?? 0))];

    public void End(DateTimeOffset now) => EndedAt = now;
}
