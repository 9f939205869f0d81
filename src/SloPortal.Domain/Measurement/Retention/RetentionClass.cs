namespace SloPortal.Domain.Measurement.Retention;

/// <summary>Kinds of data that are kept for a time of their own.</summary>
public enum RetentionClass
{
    /// <summary>Good and total by minute, which budgets are counted from.</summary>
    Minutes,

    /// <summary>Good and total by hour and day, for long charts.</summary>
    Sums,

    /// <summary>What arrived from each source, and the files and rows that were brought.</summary>
    Arrivals,

    /// <summary>Who was told of what: notifications of alerts and notices to people.</summary>
    Messages,

    /// <summary>What was received, who was called about it, and why or why not.</summary>
    Signals,

    /// <summary>Agreements, incidents, reviews, actions and contracts. They are never removed.</summary>
    Records,

    /// <summary>The chain of audit entries. It is never removed, since an entry without those before it proves nothing.</summary>
    Audit,
}

public static class RetentionClasses
{
    /// <summary>The longest that can be asked for, in days: a hundred years.</summary>
    public const int LongestDays = 36_500;

    /// <summary>Those that a rule can remove.</summary>
    public static IReadOnlyList<RetentionClass> Removable { get; } = [RetentionClass.Minutes, RetentionClass.Sums, RetentionClass.Arrivals, RetentionClass.Messages, RetentionClass.Signals];

    /// <summary>Why another kind cannot be asked about.</summary>
    public const string NoRule = "Choose minutes, sums, arrivals, messages or signals; everything else is kept for good.";

    public static bool IsRemovable(this RetentionClass kind) => Removable.Contains(kind);

    /// <summary>For people: "counts by minute".</summary>
    public static string NameOf(RetentionClass kind) => kind switch
    {
        RetentionClass.Minutes => "Counts by minute",
        RetentionClass.Sums => "Counts by hour and day",
        RetentionClass.Arrivals => "Arrivals and files",
        RetentionClass.Messages => "Messages to people",
        RetentionClass.Signals => "Signals and pages",
        RetentionClass.Records => "Agreements, incidents and reviews",
        RetentionClass.Audit => "Audit",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
