namespace SloPortal.Domain.Measurement;

/// <summary>How the value of a gauge is compared with its threshold for the sample to be good.</summary>
public enum ThresholdOperator
{
    /// <summary>Good when the value is below the threshold.</summary>
    Below,

    /// <summary>Good when the value is the threshold or below it.</summary>
    AtMost,

    /// <summary>Good when the value is above the threshold.</summary>
    Above,

    /// <summary>Good when the value is the threshold or above it.</summary>
    AtLeast,
}

/// <summary>What the operators mean.</summary>
public static class ThresholdOperatorExtensions
{
    /// <summary>Whether <paramref name="value"/> is good.</summary>
    public static bool Holds(this ThresholdOperator op, double value, double threshold) => op switch
    {
        ThresholdOperator.Below => value < threshold,
        ThresholdOperator.AtMost => value <= threshold,
        ThresholdOperator.Above => value > threshold,
        ThresholdOperator.AtLeast => value >= threshold,
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, null),
    };

    /// <summary>The sign, such as &lt;=.</summary>
    public static string Sign(this ThresholdOperator op) => op switch
    {
        ThresholdOperator.Below => "<",
        ThresholdOperator.AtMost => "<=",
        ThresholdOperator.Above => ">",
        ThresholdOperator.AtLeast => ">=",
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, null),
    };
}
