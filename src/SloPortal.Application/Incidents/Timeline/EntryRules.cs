using System.Globalization;
using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Timeline;
using SloPortal.Domain.Incidents.Timeline.Marks;

namespace SloPortal.Application.Incidents.Timeline;

/// <summary>What the operations that write entries share.</summary>
internal static class EntryRules
{
    public const string Chat = "chat";
    public const string Api = "API";
    public const int LongestSource = 60;

    /// <summary>What the portal writes itself; nobody else's words stand under these.</summary>
    private static readonly string[] OwnSources = [NewEntry.Portal, Api, Chat, "burn alert", "deployment"];

    /// <summary>What is wrong with the name that somebody gives to where entries come from, a sentence; null when nothing is.</summary>
    public static string? RefusalOfSource(string source) =>
        source.Length > LongestSource || source.AsSpan().ContainsAny('\0', '\n', '\r') ? $"A source is one line of at most {LongestSource} characters."
        : OwnSources.Contains(source.Trim(), StringComparer.OrdinalIgnoreCase) ? $"\"{source.Trim()}\" is what the portal calls a source of its own. Give another name."
        : null;

    public static IRuleBuilderOptions<T, string> MustBeEntryBody<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(b => !string.IsNullOrWhiteSpace(b)).WithMessage("Say what happened.")
            .MaximumLength(LineParser.LongestText).WithMessage(string.Create(CultureInfo.InvariantCulture, $"An entry has at most {LineParser.LongestText:N0} characters. Attach it as a file, or shorten it."))
            .Must(b => b is null || !b.Contains('\0', StringComparison.Ordinal)).WithMessage("An entry is text; this contains a character that is none.");

    public static IRuleBuilderOptions<T, string?> MustBePinLabel<T>(this IRuleBuilder<T, string?> rule) =>
        rule.MaximumLength(PinnedEntries.LongestLabel).WithMessage($"A label has at most {PinnedEntries.LongestLabel} characters; the entry itself stands below it.")
            .Must(l => l is null || !l.AsSpan().ContainsAny('\0', '\n', '\r')).WithMessage("A label is one line of text.");

    /// <summary>Appends and audits what is said. It changes nothing that a list of incidents shows, so lists sleep on; what it says stands in the timeline alone.</summary>
    /// <returns>The number of the entry.</returns>
    public static async Task<int> SayAsync(Change change, Incident incident, string action, NewEntry entry, CancellationToken ct)
    {
        var written = await TimelineWriter.AppendAsync(change, incident, [entry], ct);
        change.Audit(action, "incident", incident.Id, IncidentToChange.Named(incident), entry.Details);
        return written[0].Number;
    }

    public static string SourceOf(Actor actor) => actor.Kind == ActorKind.Token ? Api : NewEntry.Portal;
}
