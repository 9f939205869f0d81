using System.Text;

namespace SloPortal.Application.Measurement.Files.Reading;

/// <summary>Physical lines of a text, none of them held beyond a limit.</summary>
internal sealed class LineReader(TextReader reader) : IDisposable
{
    /// <summary>The longest line that is read, in characters.</summary>
    public const int MostCharacters = 64 * 1024;

    private readonly char[] buffer = new char[16 * 1024];
    private readonly StringBuilder line = new();
    private int at;
    private int length;
    private bool skipLineFeed;

    /// <summary>The next line without its end, cut where it is too long; null at the end of the text.</summary>
    /// <returns>The line, whether it was cut, and whether a line end was there.</returns>
    public async ValueTask<(string Text, bool IsCut, bool IsEnded)?> NextAsync(CancellationToken ct)
    {
        line.Clear();
        var cut = false;
        var any = false;
        while (true)
        {
            if (at == length)
            {
                (at, length) = (0, await reader.ReadAsync(buffer, ct));
                if (length == 0)
                    return any ? (line.ToString(), cut, false) : null;
            }
            if (skipLineFeed)
            {
                skipLineFeed = false;
                if (buffer[at] == '\n' && ++at == length)
                    continue;
            }
            any = true;
            var end = buffer.AsSpan(at, length - at).IndexOfAny('\r', '\n');
            var taken = end < 0 ? length - at : end;
            var room = Math.Min(taken, MostCharacters - line.Length);
            line.Append(buffer, at, room);
            cut |= room < taken;
            at += taken;
            if (end < 0)
                continue;
            skipLineFeed = buffer[at++] == '\r';
            return (line.ToString(), cut, true);
        }
    }

    public void Dispose() => reader.Dispose();
}
