namespace SloPortal.Domain.Measurement.Comparing;

/// <summary>Which of two measurements says more about an hour at this traffic.</summary>
public enum Trusted
{
    Neither,
    First,
    Second,
}

/// <summary>
/// The rule by which one is trusted, product policy. One that does not know an hour to within the tolerance, by its own number of events, cannot be
/// held against the other. Of two that do, the one with fewer hours without data; of equals the one that knows the hour more exactly. An
/// hour that only one calls bad is not held against either: it does not say who is right.
/// </summary>
public static class Trust
{
    public const string Rule =
        "First: who knows an hour to within the tolerance, by the 95 % interval at its own number of events an hour. Of two that do: who has fewer gaps. Of equals: who knows the hour more exactly. An hour that only one calls bad does not say who is right; it is where to look.";

    /// <param name="tolerance">Of shares, 0 to 1.</param>
    public static Trusted Of(ComparedSide first, ComparedSide second, double tolerance) => (first.Known <= tolerance, second.Known <= tolerance) switch
    {
        (false, false) => Trusted.Neither,
        (true, false) => Trusted.First,
        (false, true) => Trusted.Second,
        _ when first.GapHours != second.GapHours => first.GapHours < second.GapHours ? Trusted.First : Trusted.Second,
        _ => first.Known <= second.Known ? Trusted.First : Trusted.Second,
    };
}
