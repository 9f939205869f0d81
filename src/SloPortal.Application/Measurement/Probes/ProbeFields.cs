using FluentValidation;
using FluentValidation.Results;
using SloPortal.Application.Measurement.Sources;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Probes;

namespace SloPortal.Application.Measurement.Probes;

/// <summary>What the requests about a probe have in common.</summary>
public interface IProbeSettings
{
    string Name { get; }
    ProbeCheck Check { get; }
    int EverySeconds { get; }
    int TimeoutSeconds { get; }
    IReadOnlyList<string>? Locations { get; }
    string? Authorization { get; }
}

public abstract class ProbeRules<T> : AbstractValidator<T> where T : IProbeSettings
{
    protected ProbeRules()
    {
        RuleFor(r => r.Name).NotEmpty().WithMessage("Give the probe a name.").MaximumLength(100).WithMessage("A name has at most 100 characters.");
        RuleFor(r => r.Check).MustBeCheck();
        RuleFor(r => r.EverySeconds).InclusiveBetween((int)ProbeSchedule.Shortest.TotalSeconds, (int)ProbeSchedule.Longest.TotalSeconds).WithMessage("A probe runs every 10 to 3600 seconds.");
        RuleFor(r => r.TimeoutSeconds).MustBePatience();
        RuleFor(r => r.TimeoutSeconds).LessThanOrEqualTo(r => r.EverySeconds).WithMessage("A run must end before the next begins: make the time-out at most the interval.");
        RuleFor(r => r.Locations).Must(l => l is null or { Count: > 0 and <= Probe.MostLocations } && (l ?? []).All(Slug.IsValid) && (l ?? []).Distinct().Count() == (l?.Count ?? 0))
            .WithMessage($"Name 1 to {Probe.MostLocations} locations, each once: portal, or names of lower-case letters, digits and hyphens.");
        RuleFor(r => r.Authorization).MustBeHeaderValue();
    }
}

internal static class ProbeFields
{
    public const int MostPatience = 60;

    public static void MustBeCheck<T>(this IRuleBuilder<T, ProbeCheck> rule) => rule.NotNull().WithMessage("Say what the probe asks.").Custom((check, context) =>
    {
        foreach (var (field, sentence) in check?.Problems() ?? [])
            context.AddFailure(new ValidationFailure(field, sentence));
    });

    public static void MustBePatience<T>(this IRuleBuilder<T, int> rule) =>
        rule.InclusiveBetween(1, MostPatience).WithMessage($"The time-out is between 1 and {MostPatience} seconds.");
}
