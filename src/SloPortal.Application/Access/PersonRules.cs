using FluentValidation;

namespace SloPortal.Application.Access;

/// <summary>Rules of shape for what people say about themselves.</summary>
internal static class PersonRules
{
    /// <summary>Length is what counts, not kinds of characters (NIST SP 800-63B, 3.1.1.2).</summary>
    public const int MinPasswordLength = 12;

    public static IRuleBuilderOptions<T, string> MustBePassword<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(p => p is { Length: >= MinPasswordLength }).WithMessage($"A password has at least {MinPasswordLength} characters. A few words in a row are a good one.")
            .Must(p => p is null or { Length: <= 256 }).WithMessage("A password has at most 256 characters.");

    public static IRuleBuilderOptions<T, string> MustBePersonName<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(n => !string.IsNullOrWhiteSpace(n)).WithMessage("Give a name, as colleagues know it.")
            .Must(n => n is null or { Length: <= 100 }).WithMessage("A name has at most 100 characters.");

    public static IRuleBuilderOptions<T, string> MustBeEmail<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(IsEmail).WithMessage("Give an e-mail address, such as name@example.com.");

    public static bool IsEmail(string? text) =>
        text?.Trim() is { Length: > 2 and <= 256 } address
        && System.Net.Mail.MailAddress.TryCreate(address, out var parsed) && parsed.Address == address;
}
