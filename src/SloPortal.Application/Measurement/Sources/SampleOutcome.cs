using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Sources;

/// <summary>The outcomes that <c>source_counts</c> names besides the refusals, which it calls by the names of <see cref="SampleRefusal"/>.</summary>
internal static class SampleOutcome
{
    public const string Matched = "Matched";
    public const string Unmatched = "Unmatched";
    public const string Duplicate = "Duplicate";
    public const string Thinned = "Thinned";

    /// <summary>Asked to come again: these have not arrived, and arrive later.</summary>
    public const string PutOff = "PutOff";

    /// <summary>Whether it says that a budget was exceeded.</summary>
    public static bool IsAboveBudget(string outcome) => outcome is Thinned or PutOff or nameof(SampleRefusal.SeriesBudget);

    /// <summary>The reason, where the outcome is a refusal.</summary>
    public static SampleRefusal? RefusalOf(string outcome) =>
        outcome is not (Matched or Unmatched or Duplicate or Thinned or PutOff) && Enum.TryParse<SampleRefusal>(outcome, out var refusal) ? refusal : null;
}
