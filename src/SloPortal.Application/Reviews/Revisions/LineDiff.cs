using DiffPlex;

namespace SloPortal.Application.Reviews.Revisions;

/// <summary>A stretch of lines that another stands for. Positions begin at 0; a count of 0 is a place between lines.</summary>
internal readonly record struct LineChange(int From, int FromCount, int To, int ToCount);

/// <summary>Where two texts differ, by lines.</summary>
internal static class LineDiff
{
    /// <summary>Beyond so many lines that differ, the whole stretch counts as one change: the search for the shortest difference grows with their square.</summary>
    private const int Most = 8_000;

    public static string[] Lines(string text) => text.Split('\n');

    public static List<LineChange> Between(string[] from, string[] to)
    {
        var head = 0;
        while (head < from.Length && head < to.Length && from[head] == to[head])
            head++;
        var tail = 0;
        while (tail < from.Length - head && tail < to.Length - head && from[^(tail + 1)] == to[^(tail + 1)])
            tail++;
        var (old, young) = (from[head..^tail], to[head..^tail]);
        if (old.Length + young.Length == 0)
            return [];
        if (old.Length == 0 || young.Length == 0 || old.Length + young.Length > Most)
            return [new LineChange(head, old.Length, head, young.Length)];
        return [.. Differ.Instance.CreateDiffs(Text(old), Text(young), false, false, LineChunker.Instance).DiffBlocks
            .Select(b => new LineChange(head + b.DeleteStartA, b.DeleteCountA, head + b.InsertStartB, b.InsertCountB))];
    }

    // A mark before each, since the library takes an empty text for none instead of for one empty line.
    private static string Text(string[] lines) => "=" + string.Join("\n=", lines);

    private sealed class LineChunker : IChunker
    {
        public static LineChunker Instance { get; } = new();

        public IReadOnlyList<string> Chunk(string text) => text.Split('\n');
    }
}
