namespace SloPortal.Domain.Incidents.Timeline;

/// <summary>
/// Reads a chat that somebody pastes: copies from Slack and Teams, IRC logs, lines with ISO times. Nothing is lost: every line that is
/// not blank is part of a message or of a piece that could not be read.
/// </summary>
public static class ChatLog
{
    public static IReadOnlyList<ChatPiece> Read(string text, ChatContext context)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var heads = lines.Select(ChatLines.Head).ToArray();
        // Where the chat names its authors, a line with a time and no name is part of a message: "10:42 pool restarted".
        if (heads.Any(h => h is { Author: not null } or { Grouped: true }))
            heads = [.. heads.Select(h => h is { Author: null, Grouped: false } ? null : h)];
        var fold = new Fold(context);
        for (var i = 0; i < lines.Length; i++)
            fold.Take(i, lines, heads);
        return fold.End();
    }

    private sealed class Fold(ChatContext context)
    {
        private readonly List<ChatPiece> pieces = [];
        private readonly ChatDays days = new(context);
        private readonly List<string> open = [];
        private (int Line, DateTimeOffset At, bool Given, string? Author)? message;
        private int restFrom;
        private string? speaker;

        public void Take(int i, string[] lines, ChatHead?[] heads)
        {
            if (heads[i] is { } head)
            {
                var author = head.Author ?? (head.Grouped ? TakeName() ?? speaker : null);
                Close();
                var (at, given) = days.Of(head.Stamp);
                (message, speaker) = ((i + 1, at, given, author), author);
                open.Add(head.Text);
            }
            else if (lines[i].Trim().Length > 0 && days.Takes(lines[i]))
            {
                Close();
            }
            else
            {
                if (message is null && open.Count == 0)
                    restFrom = i + 1;
                open.Add(lines[i].TrimEnd());
            }
        }

        public List<ChatPiece> End()
        {
            Close();
            return pieces;
        }

        /// <summary>The name that stands alone above a time alone; it was taken for the end of the message before.</summary>
        private string? TakeName()
        {
            while (open.Count > 1 && open[^1].Length == 0)
                open.RemoveAt(open.Count - 1);
            if (open.Count == 0 || !ChatLines.LooksLikeName(ChatLines.Name(open[^1])) || (message is not null && open.Count == 1))
                return null;
            var name = ChatLines.Name(open[^1]);
            open.RemoveAt(open.Count - 1);
            return name;
        }

        private void Close()
        {
            var text = string.Join('\n', open).Trim();
            if (message is { } m && text.Length > 0)
                pieces.Add(new ChatMessage(m.Line, m.At, m.Author, text, m.Given));
            else if (message is { } empty)
                pieces.Add(new ChatRest(empty.Line, empty.Author ?? "", "A time without text."));
            else if (text.Length > 0)
                pieces.Add(new ChatRest(restFrom, text, "No time stands before it."));
            open.Clear();
            message = null;
        }
    }
}
