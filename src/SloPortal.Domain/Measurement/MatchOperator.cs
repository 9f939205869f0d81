namespace SloPortal.Domain.Measurement;

/// <summary>How a <see cref="LabelMatcher"/> compares the value of a label. The meaning is that of PromQL.</summary>
public enum MatchOperator
{
    /// <summary><c>=</c></summary>
    Equal,

    /// <summary><c>!=</c></summary>
    NotEqual,

    /// <summary><c>=~</c>, the whole value must match.</summary>
    Matches,

    /// <summary><c>!~</c>, the whole value must not match.</summary>
    NotMatches,
}

/// <summary>The PromQL signs of the operators.</summary>
public static class MatchOperatorExtensions
{
    /// <summary>The sign as it is written in PromQL.</summary>
    public static string Sign(this MatchOperator op) => op switch
    {
        MatchOperator.Equal => "=",
        MatchOperator.NotEqual => "!=",
        MatchOperator.Matches => "=~",
        MatchOperator.NotMatches => "!~",
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, null),
    };
}
