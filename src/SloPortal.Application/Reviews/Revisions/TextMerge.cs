namespace SloPortal.Application.Reviews.Revisions;

/// <summary>A stretch of a merged text: either agreed, or changed by both in different ways.</summary>
/// <param name="Agreed">What stands there; null where the two disagree.</param>
/// <param name="Mine">Where they disagree, as one has it; null where they agree.</param>
/// <param name="Theirs">And as the other has it.</param>
public sealed record MergePiece(string? Agreed, string? Mine = null, string? Theirs = null);

/// <summary>
/// Merges two edits of one text by lines (diff3: S. Khanna, K. Kunal, B. Pierce, "A Formal Investigation of Diff3", 2007): what only one
/// side changed is taken from it, what both changed alike is taken once, and what both changed differently is left to people.
/// Changes of neighbouring lines do not disagree; two insertions at one place do.
/// </summary>
internal static class TextMerge
{
    /// <returns>Pieces in order; each holds whole lines, and joined by line feeds they are the text.</returns>
    public static IReadOnlyList<MergePiece> Of(string ancestor, string mine, string theirs)
    {
        if (mine == theirs || theirs == ancestor)
            return [new MergePiece(mine)];
        if (mine == ancestor)
            return [new MergePiece(theirs)];
        var (old, left, right) = (LineDiff.Lines(ancestor), LineDiff.Lines(mine), LineDiff.Lines(theirs));
        var pieces = new List<MergePiece>();
        var agreed = new List<string>();
        var at = 0;
        foreach (var hunk in Hunks(LineDiff.Between(old, left), LineDiff.Between(old, right)))
        {
            agreed.AddRange(old[at..hunk.Start]);
            at = hunk.End;
            var (ours, others) = (Apply(old, left, hunk, hunk.Mine), Apply(old, right, hunk, hunk.Theirs));
            if (hunk.Theirs.Count == 0 || hunk.Mine.Count > 0 && ours.SequenceEqual(others))
                agreed.AddRange(ours);
            else if (hunk.Mine.Count == 0)
                agreed.AddRange(others);
            else
            {
                Close();
                pieces.Add(new MergePiece(null, string.Join('\n', ours), string.Join('\n', others)));
            }
        }
        agreed.AddRange(old[at..]);
        Close();
        return pieces;

        void Close()
        {
            if (agreed.Count > 0)
                pieces.Add(new MergePiece(string.Join('\n', agreed)));
            agreed.Clear();
        }
    }

    /// <summary>The merged text; null where people have to decide.</summary>
    public static string? TextOf(IReadOnlyList<MergePiece> pieces) =>
        pieces.Any(p => p.Agreed is null) ? null : string.Join('\n', pieces.Select(p => p.Agreed));

    /// <summary>Changes that touch the same lines of the ancestor, in order.</summary>
    private static List<Hunk> Hunks(List<LineChange> mine, List<LineChange> theirs)
    {
        var hunks = new List<Hunk>();
        // At one place an insertion comes before what is changed there.
        foreach (var (change, isMine) in mine.Select(c => (c, true)).Concat(theirs.Select(c => (c, false))).OrderBy(c => c.c.From).ThenBy(c => c.c.FromCount))
        {
            var end = change.From + change.FromCount;
            if (hunks.Count == 0 || !hunks[^1].Touches(change.From, end))
                hunks.Add(new Hunk(change.From, end));
            hunks[^1].End = Math.Max(hunks[^1].End, end);
            (isMine ? hunks[^1].Mine : hunks[^1].Theirs).Add(change);
        }
        return hunks;
    }

    private static List<string> Apply(string[] old, string[] young, Hunk hunk, List<LineChange> changes)
    {
        var lines = new List<string>();
        var at = hunk.Start;
        foreach (var change in changes)
        {
            lines.AddRange(old[at..change.From]);
            lines.AddRange(young[change.To..(change.To + change.ToCount)]);
            at = change.From + change.FromCount;
        }
        lines.AddRange(old[at..hunk.End]);
        return lines;
    }

    private sealed class Hunk(int start, int end)
    {
        public int Start => start;
        public int End { get; set; } = end;
        public List<LineChange> Mine { get; } = [];
        public List<LineChange> Theirs { get; } = [];

        public bool Touches(int from, int to) => from < End || (from == to && from == Start && Start == End);
    }
}
