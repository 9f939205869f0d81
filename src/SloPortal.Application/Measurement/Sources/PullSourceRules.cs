using FluentValidation;
using SloPortal.Application.Common;

namespace SloPortal.Application.Measurement.Sources;

/// <summary>Rules of shape for sources that are pulled.</summary>
internal static class PullSourceRules
{
    public static void MustBeSourceName<T>(this IRuleBuilder<T, string> rule) =>
        rule.NotEmpty().WithMessage("Give the source a name.").MaximumLength(100).WithMessage("A name has at most 100 characters.");

    public static void MustBeServer<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(IsServer).WithMessage("Give the base address of the server, such as http://prometheus:9090, without /api/v1, a query or a password; a password belongs into the Authorization header.");

    public static void MustBeInterval<T>(this IRuleBuilder<T, int> rule) =>
        rule.InclusiveBetween(10, 3600).WithMessage("A server is asked every 10 to 3600 seconds.");

    public static void MustBeHeaderValue<T>(this IRuleBuilder<T, string?> rule) =>
        rule.MaximumLength(4000).WithMessage("The value of the Authorization header has at most 4,000 characters.")
            .Must(v => v is null || !v.Any(char.IsControl)).WithMessage("The value of the Authorization header is one line.");

    private static bool IsServer(string? url) =>
        ValidationRules.IsWebAddress(url) && new Uri(url!) is { Query: "", Fragment: "", UserInfo: "" } uri && !uri.AbsolutePath.TrimEnd('/').EndsWith("/api/v1", StringComparison.Ordinal);
}
