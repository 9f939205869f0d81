using FluentValidation;
using SloPortal.Domain.Measurement.Beacons;

namespace SloPortal.Application.Measurement.Beacons;

/// <summary>What the requests about a beacon have in common.</summary>
public interface IBeaconSettings
{
    string Name { get; }
    IReadOnlyList<string> Origins { get; }
    double SampleRate { get; }
    IReadOnlyList<PageGroup>? Groups { get; }
}

public abstract class BeaconRules<T> : AbstractValidator<T> where T : IBeaconSettings
{
    protected BeaconRules()
    {
        RuleFor(r => r.Name).NotEmpty().WithMessage("Give the beacon a name.").MaximumLength(60).WithMessage("A name has at most 60 characters.");
        RuleFor(r => r.Origins).Must(o => o is { Count: > 0 and <= Beacon.MostOrigins } && o.All(IsOrigin)).WithMessage($"Name 1 to {Beacon.MostOrigins} sites, such as https://shop.example.com, without a path.");
        RuleFor(r => r.SampleRate).Must(r => r is >= 0.001 and <= 1).WithMessage("Between 0.1 % and all page views report.");
        RuleFor(r => r.Groups).Custom((groups, context) =>
        {
            if (groups is not null && PageGroup.Problem(groups) is { } problem)
                context.AddFailure(problem);
        });
    }

    private static bool IsOrigin(string? text) =>
        text is { Length: > 0 and <= 300 } && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.GetLeftPart(UriPartial.Authority).Equals(text, StringComparison.OrdinalIgnoreCase) && uri.UserInfo.Length == 0;
}
