using System.Text;

namespace SloPortal.Domain.Reviews.Writing;

/// <summary>Plain text put into Markdown, so that it reads as it was written.</summary>
public static class MarkdownText
{
    /// <summary>Links of this scheme name a file of the incident: "attachment:graph.png".</summary>
    public const string AttachmentScheme = "attachment:";

    /// <summary>Escapes what Markdown would take for itself; addresses stay whole, so that they remain links.</summary>
    public static string Escape(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var word in Words(text))
        {
            if (word.StartsWith("http://", StringComparison.Ordinal) || word.StartsWith("https://", StringComparison.Ordinal))
            {
                escaped.Append(word.Replace("|", "%7C", StringComparison.Ordinal).Replace("<", "%3C", StringComparison.Ordinal));
                continue;
            }
            foreach (var c in word)
            {
                if (c is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '|' or '#' or '~' or '!')
                    escaped.Append('\\');
                escaped.Append(c);
            }
        }
        return escaped.ToString();
    }

    /// <summary>The same in one line, as a cell of a table needs it.</summary>
    public static string EscapeLine(string text) =>
        Escape(string.Join(' ', (text ?? "").Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)));

    public static string AttachmentLink(string fileName) => $"[{Escape(fileName)}]({AttachmentScheme}{Uri.EscapeDataString(fileName)})";

    private static IEnumerable<string> Words(string text)
    {
        var start = 0;
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsWhiteSpace(text[i]) == char.IsWhiteSpace(text[i - 1]))
                continue;
            yield return text[start..i];
            start = i;
        }
        if (start < text.Length)
            yield return text[start..];
    }
}
