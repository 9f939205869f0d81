using FluentValidation;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.OnCall;

namespace SloPortal.Application.Incidents.OnCall.Schedules;

/// <summary>What the layers of a schedule must look like, in the words of whoever writes them.</summary>
internal static class ScheduleShape
{
    public const string ZoneSentence = "Choose a time zone from the list, such as Europe/Berlin.";

    public static IRuleBuilderOptions<T, string> MustBeZone<T>(this IRuleBuilder<T, string> rule) => rule.Must(IanaZone.IsKnown).WithMessage(ZoneSentence);

    public static void MustBeLayers<T>(this IRuleBuilder<T, IReadOnlyList<LayerGiven>> rule)
    {
        rule.Must(l => l is { Count: > 0 }).WithMessage("Add a layer: a schedule without one has nobody on call.");
        rule.Must(l => l is null || l.Count <= Schedule.MostLayers).WithMessage($"A schedule has at most {Schedule.MostLayers} layers.");
        rule.Must(l => l is null || l.Where(one => one?.Id is not null).GroupBy(one => one.Id).All(g => g.Count() == 1)).WithMessage("Two of the layers have the same id. Leave the id out for a new one.");
        rule.ForEach(each => each.NotNull().WithMessage("A layer is missing.").SetValidator(new LayerValidator()));
    }

    private static bool IsHours(WeeklyHours? hours) => hours is { Days.Count: > 0 } && hours.Days.All(Enum.IsDefined);

    public static IRuleBuilderOptions<T, IReadOnlyList<WeeklyHours>?> MustBeHours<T>(this IRuleBuilder<T, IReadOnlyList<WeeklyHours>?> rule, Func<T, string> what) =>
        rule.Must(h => h is null || (h.Count <= 20 && h.All(IsHours))).WithMessage(given => $"{what(given)}: choose at least one day for each of the hours, and at most 20 of them.");

    private sealed class LayerValidator : AbstractValidator<LayerGiven>
    {
        private static readonly DateOnly Earliest = new(2000, 1, 1);
        private static readonly DateOnly Latest = new(2100, 1, 1);

        public LayerValidator()
        {
            RuleFor(l => l.Name).Must(n => !string.IsNullOrWhiteSpace(n)).WithMessage("Give every layer a name.").MaximumLength(100).WithMessage("The name of a layer has at most 100 characters.");
            RuleFor(l => l.Unit).IsInEnum().WithMessage("A shift is counted in hours, days or weeks.");
            RuleFor(l => l.Every).InclusiveBetween(1, 366).WithMessage(l => $"“{l.Name}”: a shift takes 1 to 366 hours, days or weeks.");
            RuleFor(l => l.FirstDay).InclusiveBetween(Earliest, Latest).WithMessage(l => $"“{l.Name}”: give the day of the first hand-off, between 2000 and 2100.");
            RuleFor(l => l.People).Must(p => p is { Count: > 0 }).WithMessage(l => $"Nobody is in “{l.Name}”. Add somebody, or take the layer out.");
            RuleFor(l => l.People).Must(p => p is null || p.Count <= Schedule.MostPeople).WithMessage(l => $"“{l.Name}” has more than {Schedule.MostPeople} people.");
            RuleFor(l => l.Hours).MustBeHours(l => $"“{l.Name}”");
        }
    }
}
