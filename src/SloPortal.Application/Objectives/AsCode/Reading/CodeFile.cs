using System.Globalization;
using System.Text;
using SloPortal.Application.Objectives.AsCode.OpenSlo;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace SloPortal.Application.Objectives.AsCode.Reading;

/// <summary>
/// Reads a file of objectives into nodes that know their line: one document or several, YAML or JSON. It is read event by event: no tag
/// makes an object, an alias is the node that it names and never a copy, and what aliases would make of the file is counted.
/// </summary>
internal static class CodeFile
{
    /// <summary>Aliases written out.</summary>
    public const int MostNodes = 50_000;

    public const int Deepest = 32;
    public const int MostAliases = 100;

    /// <exception cref="CodeRefusedException">The file cannot be read.</exception>
    public static IReadOnlyList<CodeNode> Read(string text)
    {
        if (text.Length > CodeSource.MostBytes || Encoding.UTF8.GetByteCount(text) > CodeSource.MostBytes)
            throw new CodeRefusedException(1, "The file is larger than 1 MiB. Split it.");
        if (text.Contains('\0', StringComparison.Ordinal))
            throw new CodeRefusedException(1, "The file holds a zero character, so it is no text.");
        // In JSON tabs may indent; YAML forbids them, and lines stay what they are either way.
        var isJson = text.AsSpan().TrimStart("\uFEFF \t\r\n") is ['{' or '[', ..];
        try
        {
            return new Reader(isJson ? text.Replace('\t', ' ') : text).ReadAll();
        }
        catch (YamlException e)
        {
            var line = Math.Max(1, (int)e.Start.Line);
            if (!isJson && TabBefore(text, line + 1) is { } tab)
                throw new CodeRefusedException(tab, "The line is indented with a tab, which YAML forbids. Use spaces.");
            throw new CodeRefusedException(line, $"This is not {(isJson ? "JSON" : "YAML")}: {e.Message.TrimEnd('.')}.");
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidOperationException or OverflowException or IndexOutOfRangeException)
        {
            // The parser meets what it does not expect, such as half of a surrogate pair.
            throw new CodeRefusedException(1, $"This is not {(isJson ? "JSON" : "YAML")} that can be read.");
        }
    }

    private static int? TabBefore(string text, int last)
    {
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (++number > last)
                return null;
            if (line[..^line.TrimStart().Length].Contains('\t'))
                return number;
        }
        return null;
    }

    private sealed class Reader(string text)
    {
        private readonly Parser parser = new(new StringReader(text));
        private readonly Dictionary<string, CodeNode> anchors = new(StringComparer.Ordinal);
        private int aliases;
        private int total;

        public List<CodeNode> ReadAll()
        {
            var documents = new List<CodeNode>();
            parser.Consume<StreamStart>();
            while (parser.TryConsume<DocumentStart>(out _))
            {
                anchors.Clear();
                documents.Add(ReadNode(1));
                parser.Consume<DocumentEnd>();
            }
            return documents;
        }

        private CodeNode ReadNode(int depth)
        {
            var current = parser.Current ?? throw new CodeRefusedException(1, "The file ends too early.");
            var line = (int)current.Start.Line;
            if (depth > Deepest)
                throw new CodeRefusedException(line, $"It is nested more than {Deepest} levels deep.");
            if (parser.TryConsume<AnchorAlias>(out var alias))
                return Repeat(alias, line);
            var (anchor, tag) = current is NodeEvent node ? (node.Anchor, node.Tag) : default;
            if (!tag.IsEmpty && current is not Scalar { IsQuotedImplicit: true })
                throw new CodeRefusedException(line, "It uses a tag (!). Leave it out, or put the value in quotes.");
            Count(1, line);
            CodeNode read = current switch
            {
                Scalar => ReadText(line),
                SequenceStart => ReadList(line, depth),
                MappingStart => ReadMap(line, depth),
                _ => throw new CodeRefusedException(line, "A value is expected here."),
            };
            if (!anchor.IsEmpty)
                anchors[anchor.Value] = read;
            return read;
        }

        private CodeNode Repeat(AnchorAlias alias, int line)
        {
            if (++aliases > MostAliases)
                throw new CodeRefusedException(line, $"It uses more than {MostAliases} aliases (*). Write the values out.");
            if (!anchors.TryGetValue(alias.Value.Value, out var named))
                throw new CodeRefusedException(line, "The alias names nothing before it.");
            Count(named.Size, line);
            return named;
        }

        private void Count(int nodes, int line)
        {
            total += nodes;
            if (total > MostNodes)
                throw new CodeRefusedException(line, string.Create(CultureInfo.InvariantCulture, $"With its aliases (*) written out it holds more than {MostNodes:N0} values. Split it, or write it without aliases."));
        }

        private CodeText ReadText(int line)
        {
            var scalar = parser.Consume<Scalar>();
            return new CodeText(line, scalar.Value, scalar.Style is not (ScalarStyle.Plain or ScalarStyle.Any));
        }

        private CodeList ReadList(int line, int depth)
        {
            parser.Consume<SequenceStart>();
            var items = new List<CodeNode>();
            while (!parser.TryConsume<SequenceEnd>(out _))
                items.Add(ReadNode(depth + 1));
            return new CodeList(line, 1 + items.Sum(i => i.Size), items);
        }

        private CodeMap ReadMap(int line, int depth)
        {
            parser.Consume<MappingStart>();
            var fields = new Dictionary<string, CodeField>(StringComparer.Ordinal);
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                var at = (int)parser.Current!.Start.Line;
                if (ReadNode(depth + 1) is not CodeText name)
                    throw new CodeRefusedException(at, "The name of a field must be a text.");
                if (name.Value == "<<")
                    throw new CodeRefusedException(at, "It merges one field list into another (<<). Write the fields out.");
                if (fields.TryGetValue(name.Value, out var first))
                    throw new CodeRefusedException(at, $"\"{Short(name.Value)}\" stands twice; the first is in line {first.Line}.");
                fields.Add(name.Value, new CodeField(name.Value, at, ReadNode(depth + 1)));
            }
            return new CodeMap(line, 1 + fields.Values.Sum(f => 1 + f.Value.Size), [.. fields.Values]);
        }

        private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
    }
}
