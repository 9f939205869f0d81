using System.Text;
using FluentValidation;
using SloPortal.Domain.Reviews.Writing;

namespace SloPortal.Application.Reviews.Writing;

/// <summary>What a text may be.</summary>
public static class TextRules
{
    /// <summary>Bytes of a body in UTF-8: some 170,000 words. Product policy.</summary>
    public const int MostBytes = 1_000_000;

    internal static void MustBeTitle<T>(this IRuleBuilder<T, string> rule) => rule
        .Must(t => !string.IsNullOrWhiteSpace(t)).WithMessage("Give it a title: what failed, in a few words.")
        .MaximumLength(PostmortemDraft.TitleLength).WithMessage($"A title has at most {PostmortemDraft.TitleLength} characters. Shorten it; the rest can stand in the summary.");

    internal static void MustBeSummary<T>(this IRuleBuilder<T, string> rule) => rule
        .NotNull().WithMessage("Leave the summary empty or write one; it is missing.")
        .MaximumLength(PostmortemDraft.SummaryLength).WithMessage($"A summary has at most {PostmortemDraft.SummaryLength:#,0} characters. Move what is longer into the text.");

    internal static void MustBeBody<T>(this IRuleBuilder<T, string> rule, bool optional = false) => rule
        .Must(b => optional || b is not null).WithMessage("The text is missing.")
        .Must(b => b is null || Encoding.UTF8.GetByteCount(b) <= MostBytes).WithMessage(TooLong);

    internal static void MustBeReason<T>(this IRuleBuilder<T, string> rule) => rule
        .Must(r => !string.IsNullOrWhiteSpace(r)).WithMessage("Say why, in a sentence.")
        .MaximumLength(4000).WithMessage("At most 4,000 characters. Say the essence here, and the rest in the text.");

    public const string TooLong = "The text is longer than 1 MB, the most that a postmortem holds. Attach long logs and dumps to the incident, and link them.";

    /// <summary>Line ends of one kind, and without the character that a database cannot hold.</summary>
    internal static PostmortemText Clean(string title, string summary, string body) => new(
        Clean(title).Replace('\n', ' ').Trim(), Clean(summary).Trim(), Clean(body));

    private static string Clean(string text) =>
        text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Replace("\0", "", StringComparison.Ordinal);
}
