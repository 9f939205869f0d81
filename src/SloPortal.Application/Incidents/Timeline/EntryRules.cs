using System.Globalization;
using FluentValidation;
using SloPortal.Domain.Access;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Incidents.Timeline;

/// <summary>What the operations that write entries share.</summary>
internal static class EntryRules
{
    public const string Chat = "chat";

    public static IRuleBuilderOptions<T, string> MustBeEntryBody<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(b => !string.IsNullOrWhiteSpace(b)).WithMessage("Say what happened.")
            .MaximumLength(LineParser.LongestText).WithMessage(string.Create(CultureInfo.InvariantCulture, $"An entry has at most {LineParser.LongestText:N0} characters. Attach it as a file, or shorten it."))
            .Must(b => b is null || !b.Contains('\0', StringComparison.Ordinal)).WithMessage("An entry is text; this contains a character that is none.");

    public static string SourceOf(Actor actor) => actor.Kind == ActorKind.Token ? "API" : NewEntry.Portal;
}
