using FluentValidation;
using SloPortal.Domain.Measurement.Files;

namespace SloPortal.Application.Measurement.Files;

/// <summary>Rules of shape of a mapping and of the name under which it is kept. What a mapping means is checked against a file.</summary>
internal static class FeedRules
{
    public static void MustBeFeedName<T>(this IRuleBuilder<T, string?> rule) =>
        rule.NotEmpty().WithMessage("Name the source, so that the next file can use the same mapping.").MaximumLength(100).WithMessage("A name has at most 100 characters.");

    public static void MustBeMapping<T>(this IRuleBuilder<T, RowMapping?> rule) => rule
        .Must(m => m is null || (m.Time is { Column: not null, Zone: not null } && m.Counts is not null)).WithMessage("A mapping has a time and says what a row counts.")
        .Must(m => m is null || (Enum.IsDefined(m.Format) && (m.Time is null || Enum.IsDefined(m.Time.Form)) && (m.Counts is null || (Enum.IsDefined(m.Counts.Meaning) && Enum.IsDefined(m.Counts.Test)))))
        .WithMessage("The mapping names a form that does not exist.")
        .Must(m => m?.Delimiter is null or { Length: 1 }).WithMessage("A delimiter is one character.")
        .Must(m => m is null || Texts(m).All(t => t is null || (t.Length <= 2000 && !t.Contains('\0')))).WithMessage("A value of the mapping is too long.");

    private static IEnumerable<string?> Texts(RowMapping mapping) =>
    [
        mapping.Pattern, mapping.Time?.Column, mapping.Time?.Format, mapping.Time?.Zone,
        mapping.Counts?.Good, mapping.Counts?.Bad, mapping.Counts?.Total, mapping.Counts?.Column, mapping.Counts?.Value,
    ];
}
