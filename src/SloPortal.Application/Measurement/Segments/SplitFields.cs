using FluentValidation;
using SloPortal.Domain.Measurement.Segments;

namespace SloPortal.Application.Measurement.Segments;

/// <summary>By what a new SLI is split from the beginning.</summary>
/// <param name="Labels">One or two labels of its series.</param>
/// <param name="Cap">The most segments, 2 to 200.</param>
public sealed record SplitDraft(IReadOnlyList<string> Labels, int Cap = SliSplit.UsualCap);

internal static class SplitFields
{
    public static IRuleBuilderOptions<T, IReadOnlyList<string>> MustBeSplitLabels<T>(this IRuleBuilder<T, IReadOnlyList<string>> rule) =>
        rule.Must(l => l is { Count: 1 or SliSplit.MaxLabels } && l.All(x => !string.IsNullOrWhiteSpace(x))).WithMessage("Choose one label, or two.")
            .Must(l => l is null || l.Distinct().Count() == l.Count).WithMessage("Choose two labels that differ, or one.")
            .Must(l => l is null || l.All(x => x is null || x.Length <= 200)).WithMessage("The name of a label has at most 200 characters.");

    public static IRuleBuilderOptions<T, int> MustBeSplitCap<T>(this IRuleBuilder<T, int> rule) =>
        rule.InclusiveBetween(SliSplit.LeastCap, SliSplit.LargestCap).WithMessage($"Give the most segments as a whole number from {SliSplit.LeastCap} to {SliSplit.LargestCap}.");
}
