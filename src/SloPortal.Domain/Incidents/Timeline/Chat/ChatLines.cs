using System.Text.RegularExpressions;

namespace SloPortal.Domain.Incidents.Timeline;

/// <summary>The first line of a message.</summary>
/// <param name="Text">What follows on the same line.</param>
/// <param name="Grouped">A time alone: it belongs to whoever wrote before, or to the name on the line above.</param>
internal sealed record ChatHead(ChatStamp Stamp, string? Author, string Text, bool Grouped = false);

/// <summary>
/// How programs write the head of a message: IRC and logs put time, name and text on a line; Slack and Teams put name and time on a
/// line of their own, or on two.
/// </summary>
internal static partial class ChatLines
{
    /// <summary>Null where the line begins no message.</summary>
    public static ChatHead? Head(string line)
    {
        foreach (var pattern in (Regex[])[Alone(), Irc(), Named(), NameFirst(), Action(), Unnamed()])
        {
            if (pattern.Match(line) is not { Success: true } match || ChatStamp.Of(match) is not { } stamp)
                continue;
            var name = match.Groups["name"].Success ? Name(match.Groups["name"].Value) : null;
            if (pattern == NameFirst() && !match.Groups["gap"].Success && !LooksLikeName(name!))
                continue;
            return new ChatHead(stamp, name, match.Groups["text"].Value.Trim(), pattern == Alone());
        }
        return null;
    }

    /// <summary>Up to four words with capitals and no full stop: "Ruth Adler", "Adler, Ruth".</summary>
    public static bool LooksLikeName(string line) => line.Length is > 1 and <= 60 && PersonName().IsMatch(line);

    /// <summary>Without the badges that programs put behind it.</summary>
    public static string Name(string text) => Badge().Replace(text.Trim(), "").Trim();

    [GeneratedRegex(@"\A\s*\[?" + ChatStamp.Pattern + @"\]?\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Alone();

    // 10:42 <@ruth> text
    [GeneratedRegex(@"\A\s*\[?" + ChatStamp.Pattern + @"\]?\s+<[@+%&~ ]?(?<name>[^>]{1,80})>\s?(?<text>.*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Irc();

    // [10:42] ruth: text    10:42 ruth | text    2026-11-26T10:42:07Z ruth: text
    [GeneratedRegex(@"\A\s*\[?" + ChatStamp.Pattern + @"\]?(?:\s+-)?\s+[@+]?(?<name>[^\s:|<*\d][^:|<]{0,59}?)\s?(?:[:|](?:\s(?<text>.*)|(?<text>)))\z", RegexOptions.CultureInvariant)]
    private static partial Regex Named();

    // Ruth Adler  10:42 AM    Ruth Adler [10:42]    Adler, Ruth  26.11.2026 10:42
    [GeneratedRegex(@"\A(?<name>[^\s\d\[<][^\[\]<>:]{0,59}?)(?:(?<gap>(?:[\s\u00a0]{2,}|\t|\s\[))|,?[\s\u00a0])" + ChatStamp.Pattern + @"\]?\s*(?:\(edited\))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex NameFirst();

    // 10:42 * ruth restarts the pool
    [GeneratedRegex(@"\A\s*\[?" + ChatStamp.Pattern + @"\]?\s+\*\s+(?<name>\S{1,60})\s(?<text>.+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Action();

    // 10:42 text
    [GeneratedRegex(@"\A\s*\[?" + ChatStamp.Pattern + @"\]?(?:\s+-)?\s+(?![-<*]*[-<>]|!)(?<text>\S.*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Unnamed();

    [GeneratedRegex(@"\A\p{Lu}[\p{L}\p{M}'’.-]*(?:,?\s\(?[\p{Lu}][\p{L}\p{M}'’.-]*\)?){0,3}\z", RegexOptions.CultureInvariant)]
    private static partial Regex PersonName();

    [GeneratedRegex(@"\s+(?:APP|BOT|WORKFLOW|\(Guest\)|\(External\)|:[a-z_]+:)\z|\s*,\z", RegexOptions.CultureInvariant)]
    private static partial Regex Badge();
}
