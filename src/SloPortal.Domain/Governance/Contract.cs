using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Methods;

namespace SloPortal.Domain.Governance;

/// <summary>
/// What was promised to a customer in a service level agreement, and what it costs to break it. Its terms never change; what changes is a new
/// contract after the end of this one.
/// </summary>
public sealed class Contract
{
    private Contract() { }

    public Contract(
        string customer, string reference, int sliId, BudgetingMethod method, int countsId, ObjectiveTarget target, CalendarWindow window,
        DateOnly from, DateOnly? until, Money fee, IEnumerable<CreditTier> tiers, Guid createdBy, DateTimeOffset createdAt)
    {
        Customer = customer;
        Reference = reference;
        SliId = sliId;
        Method = method;
        CountsId = countsId;
        Target = target;
        Window = window;
        From = from;
        Until = until;
        Currency = fee.Currency;
        PeriodFee = fee.Amount;
        Tiers = [.. tiers];
        CreatedBy = createdBy;
        CreatedAt = createdAt;
    }

    /// <summary>Given by the database.</summary>
    public int Id { get; private set; }

    public string Customer { get; private set; } = "";

    /// <summary>As the paper has it; may be empty.</summary>
    public string Reference { get; private set; } = "";

    public int SliId { get; private set; }
    public BudgetingMethod Method { get; private set; } = BudgetingMethod.Default;

    /// <summary>What it is counted from, as in <see cref="ObjectiveVersion.CountsId"/>.</summary>
    public int CountsId { get; private set; }

    public ObjectiveTarget Target { get; private set; } = null!;

    /// <summary>A <see cref="CalendarWindow"/>: contracts are settled by the calendar.</summary>
    public SloWindow Window { get; private set; } = null!;

    /// <summary>First day of its term, in the time zone of its window.</summary>
    public DateOnly From { get; private set; }

    /// <summary>Last day of its term; null while it has none.</summary>
    public DateOnly? Until { get; private set; }

    /// <summary>ISO 4217.</summary>
    public string Currency { get; private set; } = "";

    /// <summary>What the customer pays for one period; credits are shares of it.</summary>
    public decimal PeriodFee { get; private set; }

    /// <summary>The strictest first.</summary>
    public List<CreditTier> Tiers { get; private set; } = [];

    public List<ContractExclusion> Exclusions { get; private set; } = [];
    public Guid CreatedBy { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Why it ended before its time; null otherwise.</summary>
    public string? EndReason { get; private set; }

    /// <summary>Optimistic concurrency; PostgreSQL's xmin.</summary>
    public uint Version { get; private set; }

    public CalendarWindow Calendar => (CalendarWindow)Window;

    /// <summary>From local midnight of its first day to that after its last; far ahead where it has none.</summary>
    public Interval Term => Calendar.Days(From, Until);

    /// <summary>Whether both promise something of the same at the same time.</summary>
    public bool Overlaps(DateOnly from, DateOnly? until) => (Until is null || from <= Until) && (until is null || From <= until);

    /// <summary>Ends it on a day within its term.</summary>
    public Refusal? End(DateOnly lastDay, string reason)
    {
        if (lastDay < From || lastDay > Until)
            return Refusal.Invalid("LastDay", $"The last day must lie within its term, {From:yyyy-MM-dd} to {(Until is { } until ? until.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) : "open")}.");
        (Until, EndReason) = (lastDay, reason);
        return null;
    }
}

/// <summary>An amount in a currency of ISO 4217.</summary>
public readonly record struct Money(decimal Amount, string Currency);

/// <summary>What a customer gets back when a period attains less.</summary>
/// <param name="BelowPercent">99.9: when less than 99.9 % was attained.</param>
/// <param name="CreditPercent">Of the fee of the period.</param>
public sealed record CreditTier(decimal BelowPercent, decimal CreditPercent);

/// <summary>A stretch that the contract does not count, such as maintenance that was announced. It is taken back, never deleted.</summary>
public sealed class ContractExclusion
{
    private ContractExclusion() { }

    public ContractExclusion(Guid id, int contractId, Interval when, string reason, Guid addedBy, string addedByName, DateTimeOffset addedAt)
    {
        Id = id;
        ContractId = contractId;
        From = when.Start;
        To = when.End;
        Reason = reason;
        AddedBy = addedBy;
        AddedByName = addedByName;
        AddedAt = addedAt;
    }

    public Guid Id { get; private set; }
    public int ContractId { get; private set; }

    /// <summary>A minute boundary, as <see cref="To"/>.</summary>
    public DateTimeOffset From { get; private set; }

    /// <summary>Exclusive.</summary>
    public DateTimeOffset To { get; private set; }

    /// <summary>With what shows it, such as the announcement.</summary>
    public string Reason { get; private set; } = "";

    public Guid AddedBy { get; private set; }

    /// <summary>As it was then.</summary>
    public string AddedByName { get; private set; } = "";

    public DateTimeOffset AddedAt { get; private set; }
    public DateTimeOffset? WithdrawnAt { get; private set; }
    public string? WithdrawnReason { get; private set; }

    public Interval When => new(From, To);

    public void Withdraw(string reason, DateTimeOffset now) => (WithdrawnReason, WithdrawnAt) = (reason, now);
}
