using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SloPortal.Application.Common;
using SloPortal.Application.Reviews.Writing;
using SloPortal.Domain.Reviews.Writing;

namespace SloPortal.Application.Reviews.Archive.Import;

/// <summary>A file to import.</summary>
/// <param name="Name">As its owner knows it, without a folder.</param>
/// <param name="Text">Markdown with a YAML header.</param>
public sealed record ImportedFile(string Name, string Text);

/// <summary>
/// A postmortem as a file has it. Of the header count <c>title</c>, <c>summary</c>, <c>company</c>, <c>product</c>, <c>categories</c>,
/// <c>start_time</c>, <c>end_time</c>, <c>url</c> and <c>uuid</c>; whatever else stands there is left out.
/// </summary>
/// <param name="Key">The same key is the same document: made of its uuid, else of its address, else of all of it.</param>
/// <param name="Source">Its address; null where it gives none that can be opened.</param>
/// <param name="Note">What was done in place of a field that is missing; null when nothing was.</param>
internal sealed record PostmortemFile(
    Guid Key, PostmortemText Text, string? Origin, string? Source, IReadOnlyList<string> Factors, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, string? Note)
{
    public const int MostBytes = 1 << 20;
    private const int LongestTitle = PostmortemDraft.TitleLength;
    private const int LongestSummary = PostmortemDraft.SummaryLength;
    private const int LongestOrigin = 2000;
    private const int LongestFactor = 100;
    private const int MostFactors = 30;

    /// <exception cref="FileRefusedException">The file cannot be taken.</exception>
    public static PostmortemFile Read(ImportedFile file)
    {
        if (Encoding.UTF8.GetByteCount(file.Text) > MostBytes)
            throw new FileRefusedException(1, "It is larger than 1 MiB.");
        var header = FrontMatter.Read(file.Text.Replace('\0', ' '));
        var source = Value(header, "url", LongestOrigin);
        var origin = Value(header, "company", LongestOrigin) ?? source;
        var start = Instant(header, "start_time");
        var end = Instant(header, "end_time");
        if (end < start)
            throw new FileRefusedException(header.Fields["end_time"].Line, "\"end_time\" is before \"start_time\".");
        if (Encoding.UTF8.GetByteCount(header.Body) > TextRules.MostBytes)
            throw new FileRefusedException(1, "The text is longer than 1 MB, the most that a postmortem holds.");
        if (header.Body.Length == 0)
            throw new FileRefusedException(1, "There is no text after the header.");
        var given = Value(header, "title", LongestTitle);
        var title = given ?? NameFor(header, start)
            ?? throw new FileRefusedException(1, "The header has neither \"title\" nor \"company\", and the text has no heading.");
        return new PostmortemFile(
            KeyOf(header, source, file.Text), new PostmortemText(title, Value(header, "summary", LongestSummary) ?? "", header.Body), origin,
            ValidationRules.IsWebAddress(source) ? source : null, FactorsOf(header), start, end, given is null ? $"It has no title and is called \"{title}\"." : null);
    }

    private static string? NameFor(FrontMatter header, DateTimeOffset? start)
    {
        var heading = header.Body.Split('\n').FirstOrDefault(l => l.StartsWith("# ", StringComparison.Ordinal))?[2..].Trim();
        if (!string.IsNullOrEmpty(heading))
            return heading.Length <= LongestTitle ? heading : heading[..(LongestTitle - 1)] + "…";
        if (Value(header, "company", LongestTitle / 2) is not { } company)
            return null;
        var who = Value(header, "product", LongestTitle / 3) is { } product && product != company ? $"{company}: {product}" : company;
        return start is { } at ? string.Create(CultureInfo.InvariantCulture, $"{who}, {at.UtcDateTime:d MMMM yyyy}") : who;
    }

    private static List<string> FactorsOf(FrontMatter header)
    {
        if (!header.Fields.TryGetValue("categories", out var field))
            return [];
        var factors = field.Values.Where(v => v.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        if (factors.Count > MostFactors)
            throw new FileRefusedException(field.Line, $"\"categories\" names more than {MostFactors}.");
        if (factors.Exists(f => f.Length > LongestFactor))
            throw new FileRefusedException(field.Line, $"A category has more than {LongestFactor} characters.");
        return factors;
    }

    private static string? Value(FrontMatter header, string name, int longest)
    {
        if (!header.Fields.TryGetValue(name, out var field) || field.Values is [] or [""])
            return null;
        if (field.IsList)
            throw new FileRefusedException(field.Line, $"\"{name}\" is a list; it takes one value.");
        return field.Values[0].Length <= longest
            ? field.Values[0]
            : throw new FileRefusedException(field.Line, string.Create(CultureInfo.InvariantCulture, $"\"{name}\" has {field.Values[0].Length:N0} characters; at most {longest:N0} are kept."));
    }

    private static DateTimeOffset? Instant(FrontMatter header, string name)
    {
        if (Value(header, name, 100) is not { } text)
            return null;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at))
            throw new FileRefusedException(header.Fields[name].Line, $"\"{name}\" is not a time such as 2026-03-01T12:00:00Z.");
        return at;
    }

    private static Guid KeyOf(FrontMatter header, string? source, string text)
    {
        var key = Value(header, "uuid", LongestOrigin) ?? source ?? text;
        return new Guid(SHA256.HashData(Encoding.UTF8.GetBytes("postmortem/" + key)).AsSpan(0, 16));
    }
}
