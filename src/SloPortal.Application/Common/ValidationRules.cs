using FluentValidation;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Common;

/// <summary>Rules of shape that several operations share.</summary>
internal static class ValidationRules
{
    public static IRuleBuilderOptions<T, string> MustBeSlug<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(Slug.IsValid).WithMessage(Slug.Rule);

    /// <summary>Only http and https, so that no link can carry a script.</summary>
    public static bool IsWebAddress(string? url) =>
        url is { Length: > 0 and <= 2000 } && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";
}
