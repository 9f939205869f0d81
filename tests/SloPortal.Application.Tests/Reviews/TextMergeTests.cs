using CsCheck;
using SloPortal.Application.Reviews.Revisions;

namespace SloPortal.Application.Tests.Reviews;

public sealed class TextMergeTests
{
    private const string Base = "a\nb\nc\nd\ne";

    [Theory]
    [InlineData("A\nb\nc\nd\ne", "a\nb\nc\nd\nE", "A\nb\nc\nd\nE")]
    [InlineData("a\nb\nx\nc\nd\ne", "a\nb\nc\ne", "a\nb\nx\nc\ne")]
    [InlineData("a\nB\nc\nd\ne", "a\nb\nC\nd\ne", "a\nB\nC\nd\ne")]
    [InlineData("a\nB\nc\nd\ne", "a\nB\nc\nd\ne", "a\nB\nc\nd\ne")]
    [InlineData("a\nb\nc\nd\ne", "", "")]
    public void Of_ChangesApart_KeepsBoth(string mine, string theirs, string merged) => Assert.Equal(merged, TextMerge.TextOf(TextMerge.Of(Base, mine, theirs)));

    [Theory]
    [InlineData("a\nB\nc\nd\ne", "a\nX\nc\nd\ne", "B", "X")]
    [InlineData("a\nb\nc\nd\ne\nmine", "a\nb\nc\nd\ne\ntheirs", "mine", "theirs")]
    [InlineData("a\nc\nd\ne", "a\nX\nc\nd\ne", "", "X")]
    public void Of_SameLines_LeavesBothToDecide(string mine, string theirs, string mySide, string theirSide)
    {
        var pieces = TextMerge.Of(Base, mine, theirs);

        Assert.Null(TextMerge.TextOf(pieces));
        var open = Assert.Single(pieces, p => p.Agreed is null);
        Assert.Equal((mySide, theirSide), (open.Mine, open.Theirs));
    }

    [Fact]
    public void Of_EditsOfDifferentLines_MergeToBothAndLoseNoLine() =>
        // Each line of the ancestor is left, replaced, taken out or followed by a new one, by one of the two at most.
        Gen.Select(Gen.Int[0, 9], Gen.Bool).Array[1, 40].Sample(plan =>
        {
            var (ancestor, mine, theirs, expected) = (new List<string>(), new List<string>(), new List<string>(), new List<string>());
            foreach (var ((deed, isMine), i) in plan.Select((p, i) => (p, i)))
            {
                var line = $"line {i}";
                ancestor.Add(line);
                // Between two lines that may change stands one that does not, so that no two insertions meet.
                string[] edited = (i % 2 == 0 ? deed : 9) switch { 0 => [$"new {i}"], 1 => [], 2 => [line, $"after {i}"], _ => [line] };
                (isMine ? mine : theirs).AddRange(edited);
                (isMine ? theirs : mine).Add(line);
                expected.AddRange(edited);
            }
            Assert.Equal(string.Join('\n', expected), TextMerge.TextOf(TextMerge.Of(string.Join('\n', ancestor), string.Join('\n', mine), string.Join('\n', theirs))));
        });

    [Fact]
    public void Of_AnyTexts_HoldsEveryLineThatEitherAdded()
    {
        var text = Gen.Int[0, 6].Select(i => i == 0 ? "" : $"l{i}").Array[0, 12].Select(l => string.Join('\n', l));
        Gen.Select(text, text, text).Sample((ancestor, mine, theirs) =>
        {
            var pieces = TextMerge.Of(ancestor, mine, theirs);
            var all = pieces.SelectMany(p => p.Agreed is { } agreed ? agreed.Split('\n') : [.. p.Mine!.Split('\n'), .. p.Theirs!.Split('\n')]).ToHashSet();
            var old = ancestor.Split('\n').ToHashSet();
            Assert.All(mine.Split('\n').Concat(theirs.Split('\n')).Where(l => !old.Contains(l) && l.Length > 0), l => Assert.Contains(l, all));
        });
    }

    [Fact]
    public void Of_OneMegabyteRewrittenByBoth_AnswersWithBothTexts()
    {
        var mine = string.Join('\n', Enumerable.Range(0, 100_000).Select(i => $"m{i}"));
        var theirs = string.Join('\n', Enumerable.Range(0, 100_000).Select(i => $"t{i}"));

        var piece = Assert.Single(TextMerge.Of("old", mine, theirs));

        Assert.Equal((mine, theirs), (piece.Mine, piece.Theirs));
    }

    [Fact]
    public void TextDiff_ChangedWord_MarksTheWordAndFoldsWhatIsFarAway()
    {
        var lines = Enumerable.Range(1, 30).Select(i => $"line {i}").ToArray();
        var diff = TextDiff.Of(string.Join('\n', lines), string.Join('\n', lines).Replace("line 15", "line fifteen", StringComparison.Ordinal));

        Assert.Equal((1, 1), (diff.Added, diff.Removed));
        Assert.Equal("fifteen", Assert.Single(diff.Lines.Single(l => l.Kind == DiffKind.Added).Words, w => w.Changed).Text);
        Assert.Equal([11, 12], diff.Lines.Where(l => l.Kind == DiffKind.Gap).Select(l => l.Old!.Value));
        Assert.Equal(18, diff.Lines.Last(l => l.Kind == DiffKind.Same).New);
    }
}
