using FluentValidation;
using SloPortal.Application.Common;

namespace SloPortal.Application.Measurement.Sources;

/// <summary>How a server is asked, as somebody sets it.</summary>
public interface IPullSettings
{
    string Name { get; }
    string Url { get; }
    int EverySeconds { get; }
    string? Authorization { get; }
}

/// <summary>The shape of it.</summary>
public abstract class PullSourceRules<T> : AbstractValidator<T> where T : IPullSettings
{
    protected PullSourceRules()
    {
        RuleFor(r => r.Name).NotEmpty().WithMessage("Give the source a name.").MaximumLength(100).WithMessage("A name has at most 100 characters.");
        RuleFor(r => r.Url).MustBeServer();
        RuleFor(r => r.EverySeconds).InclusiveBetween(10, 3600).WithMessage("A server is asked every 10 to 3600 seconds.");
        RuleFor(r => r.Authorization).MustBeHeaderValue();
    }
}

/// <summary>Rules of shape for a server, saved or not.</summary>
internal static class ServerRules
{
    public static void MustBeServer<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(IsServer).WithMessage("Give the base address of the server, such as http://prometheus:9090, without /api/v1, a query or a password; a password belongs into the Authorization header.");

    public static void MustBeHeaderValue<T>(this IRuleBuilder<T, string?> rule) =>
        rule.MaximumLength(4000).WithMessage("The value of the Authorization header has at most 4,000 characters.")
            .Must(v => v is null || !v.Any(char.IsControl)).WithMessage("The value of the Authorization header is one line.");

    private static bool IsServer(string? url) =>
        ValidationRules.IsWebAddress(url) && new Uri(url!) is { Query: "", Fragment: "", UserInfo: "" } uri && !uri.AbsolutePath.TrimEnd('/').EndsWith("/api/v1", StringComparison.Ordinal);
}
