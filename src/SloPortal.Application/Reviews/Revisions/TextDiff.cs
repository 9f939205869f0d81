using System.Text.RegularExpressions;
using DiffPlex;

namespace SloPortal.Application.Reviews.Revisions;

public enum DiffKind
{
    Same,
    Removed,
    Added,
    /// <summary>Lines that did not change and are left out.</summary>
    Gap,
}

/// <param name="Changed">These words differ from the line's counterpart.</param>
public sealed record DiffWords(string Text, bool Changed);

/// <param name="Old">Its number in the older text, from 1; null where it is not in it. For a gap the number of lines left out.</param>
/// <param name="New">Its number in the younger text.</param>
public sealed record DiffLine(DiffKind Kind, int? Old, int? New, IReadOnlyList<DiffWords> Words);

/// <summary>The difference of two texts as one list of lines, with some unchanged ones around each change.</summary>
public sealed partial record TextDiff(int Added, int Removed, IReadOnlyList<DiffLine> Lines)
{
    private const int Around = 3;

    /// <summary>Longer lines are not compared by words.</summary>
    private const int LongestLine = 5_000;

    public static TextDiff Of(string from, string to)
    {
        var (old, young) = (LineDiff.Lines(from), LineDiff.Lines(to));
        var changes = LineDiff.Between(old, young);
        var lines = new List<DiffLine>();
        var (at, atNew) = (0, 0);
        foreach (var change in changes)
        {
            Same(change.From - at, first: at == 0, last: false);
            var pairs = Enumerable.Range(0, Math.Min(change.FromCount, change.ToCount)).Select(i => Words(old[change.From + i], young[change.To + i])).ToList();
            for (var i = 0; i < change.FromCount; i++)
                lines.Add(new DiffLine(DiffKind.Removed, ++at, null, i < pairs.Count ? pairs[i].Old : [new DiffWords(old[change.From + i], false)]));
            for (var i = 0; i < change.ToCount; i++)
                lines.Add(new DiffLine(DiffKind.Added, null, ++atNew, i < pairs.Count ? pairs[i].New : [new DiffWords(young[change.To + i], false)]));
        }
        if (changes.Count > 0)
            Same(old.Length - at, first: at == 0, last: true);
        return new TextDiff(changes.Sum(c => c.ToCount), changes.Sum(c => c.FromCount), lines);

        void Same(int count, bool first, bool last)
        {
            var (before, after) = (first ? 0 : Math.Min(Around, count), last ? 0 : Math.Min(Around, count));
            var hidden = count - before - after;
            for (var i = 0; i < count; i++)
            {
                if (hidden > 1 && i == before)
                {
                    lines.Add(new DiffLine(DiffKind.Gap, hidden, null, []));
                    (at, atNew, i) = (at + hidden, atNew + hidden, i + hidden - 1);
                    continue;
                }
                lines.Add(new DiffLine(DiffKind.Same, ++at, ++atNew, [new DiffWords(old[at - 1], false)]));
            }
        }
    }

    private static (IReadOnlyList<DiffWords> Old, IReadOnlyList<DiffWords> New) Words(string old, string young)
    {
        if (old.Length == 0 || young.Length == 0 || old.Length + young.Length > LongestLine)
            return ([new DiffWords(old, false)], [new DiffWords(young, false)]);
        var diff = Differ.Instance.CreateDiffs(old, young, false, false, WordChunker.Instance);
        // Where hardly anything is common, marks on single words only make it harder to read.
        if (diff.DiffBlocks.Sum(b => b.DeleteCountA) > 0.7 * diff.PiecesOld.Count && diff.DiffBlocks.Sum(b => b.InsertCountB) > 0.7 * diff.PiecesNew.Count)
            return ([new DiffWords(old, false)], [new DiffWords(young, false)]);
        return (Marked(diff.PiecesOld, diff.DiffBlocks.Select(b => (b.DeleteStartA, b.DeleteCountA))), Marked(diff.PiecesNew, diff.DiffBlocks.Select(b => (b.InsertStartB, b.InsertCountB))));
    }

    private static List<DiffWords> Marked(IReadOnlyList<string> pieces, IEnumerable<(int Start, int Count)> changed)
    {
        var words = new List<DiffWords>();
        var at = 0;
        foreach (var (start, count) in changed)
        {
            Add(start - at, false);
            Add(count, true);
        }
        Add(pieces.Count - at, false);
        return words;

        void Add(int count, bool marked)
        {
            if (count > 0)
                words.Add(new DiffWords(string.Concat(pieces.Skip(at).Take(count)), marked));
            at += count;
        }
    }

    [GeneratedRegex(@"\w+|\s+|.", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Word();

    private sealed class WordChunker : IChunker
    {
        public static WordChunker Instance { get; } = new();

        public IReadOnlyList<string> Chunk(string text) => [.. Word().Matches(text).Select(m => m.Value)];
    }
}
