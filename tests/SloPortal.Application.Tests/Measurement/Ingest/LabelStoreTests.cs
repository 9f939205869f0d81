using CsCheck;
using SloPortal.Application.Measurement.Ingest.Series;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Tests.Measurement.Ingest;

public class LabelStoreTests
{
    // Few texts, so that they repeat, and some that need more than one byte a character.
    private static readonly Gen<string> Text = Gen.OneOf(Gen.OneOf(Gen.Const("job"), Gen.Const("api"), Gen.Const("größe"), Gen.Const("日本"), Gen.Const("🜁")), Gen.String[1, 40]);
    private static readonly Gen<LabelSet> Labels = Gen.Dictionary(Text, Text)[0, 12].Select(LabelSet.Of);

    [Fact]
    public void Add_AnyLabels_GivesThemBackUnderTheirNumbers() => Labels.Array[0, 60].Sample(sets =>
    {
        var store = new LabelStore();

        var numbers = sets.Select(store.Add).ToArray();

        Assert.Equal(Enumerable.Range(0, sets.Length), numbers);
        Assert.Equal(sets, numbers.Select(n => store[n]));
    });

    [Fact]
    public void Add_MoreThanSharedTextsAndOneChunk_GivesThemBack()
    {
        var store = new LabelStore();
        var sets = Enumerable.Range(0, 20_000).Select(i => LabelSet.Of("requests_total", ("pod", $"checkout-{i:x8}"), ("zone", $"eu-{i % 3}"))).ToArray();

        foreach (var set in sets)
            store.Add(set);

        Assert.All(sets, (set, i) => Assert.True(set.Equals(store[i])));
    }

    [Fact]
    public void Add_LongerThanAChunk_GivesItBackAndWhatFollows()
    {
        var store = new LabelStore();
        LabelSet[] sets =
        [
            LabelSet.Of("before"),
            LabelSet.Of("long", ("text", new string('x', 200_000))),
            LabelSet.Of("many", [.. Enumerable.Range(0, 20_000).Select(i => ($"l{i:x5}", $"v{i}"))]),
            LabelSet.Of("after", ("text", "short")),
        ];

        foreach (var set in sets)
            store.Add(set);

        Assert.All(sets, (set, i) => Assert.True(set.Equals(store[i])));
    }
}
