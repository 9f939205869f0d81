using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace SloPortal.Application.Reviews.Archive.Import;

/// <summary>A field of a header: one value, or a list of them, as text.</summary>
/// <param name="Line">In the file, from 1.</param>
internal sealed record HeaderField(IReadOnlyList<string> Values, bool IsList, int Line);

/// <summary>What is wrong with a file, and where.</summary>
/// <param name="Line">From 1.</param>
internal sealed class FileRefusedException(int line, string reason) : Exception(reason)
{
    public int Line => line;
}

/// <summary>
/// The YAML header of a Markdown file, between two lines of three dashes. It is read as text event by event: no tag makes an object,
/// and an alias, with which a small file can stand for a huge one, is refused.
/// </summary>
/// <param name="Fields">By name.</param>
/// <param name="Body">What follows the header.</param>
internal sealed record FrontMatter(IReadOnlyDictionary<string, HeaderField> Fields, string Body)
{
    private const string Fence = "---";
    private const int LongestHeader = 64 * 1024;
    private const int MostFields = 100;
    private const int MostValues = 100;
    private const int Deepest = 8;

    /// <exception cref="FileRefusedException">There is no header, or it cannot be read.</exception>
    public static FrontMatter Read(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        if (lines[0].TrimStart('\uFEFF').TrimEnd() != Fence)
            throw new FileRefusedException(1, "It does not begin with a YAML header between two lines of three dashes.");
        var end = Array.FindIndex(lines, 1, l => l.TrimEnd() == Fence);
        if (end < 0)
            throw new FileRefusedException(1, "The YAML header has no end: a line of three dashes is missing.");
        var header = string.Join('\n', lines[1..end]);
        if (header.Length > LongestHeader)
            throw new FileRefusedException(1, "The YAML header is longer than 64 KiB.");
        try
        {
            return new FrontMatter(ReadFields(new Parser(new StringReader(header))), string.Join('\n', lines[(end + 1)..]).Trim());
        }
        catch (YamlException e)
        {
            throw new FileRefusedException(LineOf(e.Start), $"The header is not YAML: {e.Message.TrimEnd('.')}.");
        }
    }

    private static Dictionary<string, HeaderField> ReadFields(Parser parser)
    {
        var fields = new Dictionary<string, HeaderField>(StringComparer.Ordinal);
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _))
            return fields;
        Check(parser.Current!);
        if (!parser.TryConsume<MappingStart>(out _))
            throw new FileRefusedException(LineOf(parser.Current!.Start), "The header is not a list of names and values.");
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var line = LineOf(parser.Current!.Start);
            var name = ReadScalar(parser);
            if (!fields.TryAdd(name, ReadValue(parser)))
                throw new FileRefusedException(line, $"\"{Short(name)}\" stands twice in the header; the first is in line {fields[name].Line}.");
            if (fields.Count > MostFields)
                throw new FileRefusedException(line, $"The header has more than {MostFields} fields.");
        }
        return fields;
    }

    private static HeaderField ReadValue(Parser parser)
    {
        Check(parser.Current!);
        var line = LineOf(parser.Current!.Start);
        if (parser.TryConsume<SequenceStart>(out _))
        {
            var values = new List<string>();
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                if (values.Count == MostValues)
                    throw new FileRefusedException(LineOf(parser.Current!.Start), $"The list has more than {MostValues} values.");
                if (parser.Current is NodeEvent and not Scalar)
                    Skip(parser);
                else
                    values.Add(ReadScalar(parser));
            }
            return new HeaderField(values, IsList: true, line);
        }
        if (parser.Current is MappingStart)
        {
            Skip(parser);
            return new HeaderField([], IsList: true, line);
        }
        return new HeaderField([ReadScalar(parser)], IsList: false, line);
    }

    private static string ReadScalar(Parser parser)
    {
        Check(parser.Current!);
        if (parser.Current is not Scalar)
            throw new FileRefusedException(LineOf(parser.Current!.Start), "A name or value is expected here.");
        var scalar = parser.Consume<Scalar>();
        return scalar is { Style: ScalarStyle.Plain, Value: "null" or "~" or "Null" or "NULL" } ? "" : scalar.Value.Replace('\0', ' ').Trim();
    }

    /// <summary>Passes over what no field takes.</summary>
    private static void Skip(Parser parser)
    {
        var depth = 0;
        do
        {
            Check(parser.Current!);
            depth += parser.Current!.NestingIncrease;
            if (depth > Deepest)
                throw new FileRefusedException(LineOf(parser.Current.Start), "The header is nested too deeply.");
            parser.MoveNext();
        }
        while (depth > 0);
    }

    private static void Check(ParsingEvent current)
    {
        if (current is AnchorAlias or NodeEvent { Anchor.IsEmpty: false })
            throw new FileRefusedException(LineOf(current.Start), "The header uses an anchor or alias (& or *). Write the value out, or put it in quotes.");
        if (current is NodeEvent { Tag.IsEmpty: false })
            throw new FileRefusedException(LineOf(current.Start), "The header uses a tag (!). Leave it out, or put the value in quotes.");
    }

    /// <summary>The header begins in the second line of the file.</summary>
    private static int LineOf(Mark mark) => (int)mark.Line + 1;

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
