using System.Globalization;
using SloPortal.Domain.Common;

namespace SloPortal.Domain.Incidents.Timeline;

/// <summary>
/// Reads one line of the timeline's input: an optional time, an optional command, text. A time may stand before or after the command's
/// words. Text without a command is a note, and two slashes begin a note with one.
/// </summary>
public static class LineParser
{
    /// <summary>Characters of an entry. Product policy.</summary>
    public const int LongestText = 4000;

    public static LineReading Read(string text, LineContext context)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(context);
        var line = text.Trim();
        if (line.Length > LongestText)
            return LineReading.Not(string.Create(CultureInfo.InvariantCulture, $"An entry has at most {LongestText:N0} characters; this has {line.Length:N0}. Attach it as a file, or shorten it."));
        var at = LineTime.Take(line, context.Now, context.Zone, out line);
        if (line.StartsWith("//", StringComparison.Ordinal))
            return new TypedLine.Note(line[1..], at);
        if (line.StartsWith('/'))
            return Command(line[1..], at, context);
        if (line.Length > 0)
            return new TypedLine.Note(line, at);
        return LineReading.Not(at is null ? "Say what happened." : $"Say what happened {Ago(at.Value, context.Now)}.");
    }

    /// <summary>"5 min ago", "in 2 h", "now".</summary>
    public static string Ago(DateTimeOffset at, DateTimeOffset now) => (now - at) switch
    {
        { TotalSeconds: < 1 and > -1 } => "now",
        { Ticks: < 0 } ahead => $"in {HumanDuration.Text(-ahead)}",
        var ago => $"{HumanDuration.Text(ago)} ago",
    };

    private static LineReading Command(string text, DateTimeOffset? at, LineContext context)
    {
        var (word, rest) = LineCommands.Split(text);
        at ??= LineTime.Take(rest, context.Now, context.Zone, out rest);
        return word.ToLowerInvariant() switch
        {
            "status" => Status(rest, at, context),
            "severity" or "sev" => Severity(rest, at, context),
            "role" => Role(rest, at, context),
            "impact" => Impact(rest, at, context),
            "decision" => rest.Length == 0 ? LineReading.Not("Say what was decided, and why.") : new TypedLine.Decision(rest, at),
            "pin" => Pin(rest, at),
            "note" => rest.Length == 0 ? LineReading.Not("Say what happened.") : new TypedLine.Note(rest, at),
            _ => LineReading.Not($"\"/{word}\" is no command; there are {LineCommands.Words}. A note that begins with a slash begins with two."),
        };
    }

    private static LineReading Status(string rest, DateTimeOffset? at, LineContext context)
    {
        var (word, reason) = LineCommands.Split(rest);
        if (word.Length == 0)
            return LineReading.Not($"Say which status; what can follow is {IncidentStatusRules.NextWords(context.Status)}.");
        if (LineCommands.StatusOf(word) is not { } to)
            return LineReading.Not($"\"{word}\" is no status; what can follow is {IncidentStatusRules.NextWords(context.Status)}.");
        if (IncidentStatusRules.WhyNot(context.Status, to) is { } why)
            return LineReading.Not(why);
        at ??= LineTime.Take(reason, context.Now, context.Zone, out reason);
        return new TypedLine.Status(to, reason, at);
    }

    private static LineReading Pin(string rest, DateTimeOffset? at)
    {
        if (rest.Length == 0)
            return LineReading.Not("Say what must not be forgotten, or which entry says it: /pin #4.");
        var (word, label) = LineCommands.Split(rest);
        if (word is not ['#', .. var digits] || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return new TypedLine.Pin(null, rest, at);
        return at is null ? new TypedLine.Pin(number, label, null) : LineReading.Not($"Entry {number} keeps its time. Leave the time out, or correct the entry.");
    }

    private static LineReading Severity(string rest, DateTimeOffset? at, LineContext context)
    {
        var (word, reason) = LineCommands.Split(rest);
        if (LineCommands.SeverityOf(word) is not { } to)
            return LineReading.Not(word.Length == 0 ? "Say which severity: 1, 2, 3 or 4." : $"\"{word}\" is no severity; there are 1, 2, 3 and 4.");
        at ??= LineTime.Take(reason, context.Now, context.Zone, out reason);
        return new TypedLine.Severity(to, reason, at);
    }

    private static LineReading Role(string rest, DateTimeOffset? at, LineContext context)
    {
        var (word, name) = LineCommands.Split(rest);
        if (LineCommands.RoleOf(word) is not { } role)
            return LineReading.Not((word.Length == 0 ? "Say which role" : $"\"{word}\" is no role") + "; there are commander, operations, communications and scribe.");
        if (name.Length == 0)
            return LineReading.Not($"Say who is {IncidentRoles.Word(role)}: a name, or \"me\".");
        var (person, problem) = Find(name, context);
        return person is null ? LineReading.Not(problem!) : new TypedLine.Role(role, person, "", at);
    }

    private static LineReading Impact(string rest, DateTimeOffset? at, LineContext context)
    {
        if (rest.Length == 0)
            return LineReading.Not("Say what users feel, or give figures: users 1200, started 10:30, ended -5m.");
        DateTimeOffset? started = null, ended = null;
        long? users = null;
        var text = rest;
        while (text.Length > 0)
        {
            var (word, after) = LineCommands.Split(text);
            if (word.Equals("users", StringComparison.OrdinalIgnoreCase))
            {
                var (count, next) = LineCommands.Split(after);
                if (!long.TryParse(count, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var n))
                    break;
                (users, text) = (n, next);
            }
            else if (word.ToLowerInvariant() is "started" or "ended" && LineTime.Take(after, context.Now, context.Zone, out var next) is { } instant)
            {
                if (word[0] is 's' or 'S')
                    started = instant;
                else
                    ended = instant;
                text = next;
            }
            else
            {
                break;
            }
        }
        return ended < started
            ? LineReading.Not("It ends before it starts. Check both times.")
            : new TypedLine.Impact(text, started, ended, users, at);
    }

    /// <summary>Whom a name means: itself, or else the one person of whom it begins a name or an address.</summary>
    internal static (LinePerson? Person, string? Problem) Find(string name, LineContext context)
    {
        var wanted = name.TrimStart('@').Trim();
        if (wanted.Equals("me", StringComparison.OrdinalIgnoreCase) && context.Me is { } me)
            return (me, null);
        var found = context.People.Where(p => p.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase)).ToList();
        if (found.Count == 0 && wanted.Length > 0)
            found = [.. context.People.Where(p => Begins(p.Name, wanted))];
        return found.Count switch
        {
            1 => (found[0], null),
            0 => (null, $"Nobody here is called \"{wanted}\". Choose a name from the list."),
            _ => (null, $"\"{wanted}\" may be {string.Join(" or ", found.Take(3).Select(p => p.Name))}. Write more of the name."),
        };
    }

    internal static bool Begins(string name, string part) =>
        name.StartsWith(part, StringComparison.OrdinalIgnoreCase)
        || name.Split(' ').Any(word => word.StartsWith(part, StringComparison.OrdinalIgnoreCase));
}
