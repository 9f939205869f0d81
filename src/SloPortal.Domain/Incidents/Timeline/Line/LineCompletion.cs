namespace SloPortal.Domain.Incidents.Timeline;

/// <summary>How a line may go on.</summary>
/// <param name="Line">The whole line with it.</param>
/// <param name="Word">What is chosen.</param>
/// <param name="Note">What it means.</param>
public sealed record LineCandidate(string Line, string Word, string Note);

/// <summary>Offers words for the command at the end of which somebody stands; nothing for a note.</summary>
public static class LineCompletion
{
    private const int Most = 8;

    public static IReadOnlyList<LineCandidate> For(string text, LineContext context)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(context);
        var line = text.TrimStart();
        _ = LineTime.Take(line, context.Now, context.Zone, out var command);
        if (!command.StartsWith('/') || command.StartsWith("//", StringComparison.Ordinal))
            return [];
        var before = line[..^command.Length];
        var words = command.Split(' ');
        var typed = words[^1];
        var head = before + command[..^typed.Length];
        return [.. Words(words, context).Where(c => c.Word.StartsWith(typed, StringComparison.OrdinalIgnoreCase) && c.Word != typed)
            .Select(c => new LineCandidate(head + c.Word + " ", c.Word, c.Note)).Concat(People(words, before, context)).Take(Most)];
    }

    private static IEnumerable<(string Word, string Note)> Words(string[] words, LineContext context) => (words.Length, words[0].ToLowerInvariant()) switch
    {
        (1, _) => LineCommands.All.Select(c => ("/" + c.Word, c.Purpose)),
        (2, "/status") => IncidentStatusRules.Next(context.Status).Select(s => (IncidentStatusRules.Word(s), Meaning(s))),
        (2, "/severity" or "/sev") => Enum.GetValues<IncidentSeverity>().Select(s => (((int)s).ToString(System.Globalization.CultureInfo.InvariantCulture), SeverityLevel.Code(s))),
        (2, "/role") => Enum.GetValues<IncidentRole>().Select(r => (LineCommands.Typed(r), Duty(r))),
        (2, "/impact") => [("users", "How many were affected"), ("started", "When they first felt it"), ("ended", "When they no longer did")],
        _ => [],
    };

    private static IEnumerable<LineCandidate> People(string[] words, string before, LineContext context)
    {
        if (words.Length < 3 || !words[0].Equals("/role", StringComparison.OrdinalIgnoreCase) || LineCommands.RoleOf(words[1]) is null)
            return [];
        var part = string.Join(' ', words[2..]).TrimStart('@');
        return context.People.Where(p => LineParser.Begins(p.Name, part) && p.Name != part).OrderBy(p => p.Id != context.Me?.Id).ThenBy(p => p.Name, StringComparer.OrdinalIgnoreCase)
            .Select(p => new LineCandidate($"{before}{words[0]} {words[1]} @{p.Name}", p.Name, p.Id == context.Me?.Id ? "You" : ""));
    }

    private static string Meaning(IncidentStatus status) => status switch
    {
        IncidentStatus.Detected => "Known, and nobody has taken it",
        IncidentStatus.Acknowledged => "Somebody works on it",
        IncidentStatus.Mitigated => "Users no longer feel it",
        IncidentStatus.Resolved => "The cause is gone too",
        IncidentStatus.Closed => "Nothing is left to do here",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    private static string Duty(IncidentRole role) => role switch
    {
        IncidentRole.Commander => "Decides and coordinates",
        IncidentRole.OperationsLead => "Leads the technical work",
        IncidentRole.Communications => "Tells stakeholders and users",
        IncidentRole.Scribe => "Writes the timeline",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, null),
    };
}
