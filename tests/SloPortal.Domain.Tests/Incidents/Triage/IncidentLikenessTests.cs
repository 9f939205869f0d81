using CsCheck;
using SloPortal.Domain.Incidents.Triage;
using SloPortal.Domain.Tests.Common;

namespace SloPortal.Domain.Tests.Incidents.Triage;

public sealed class IncidentLikenessTests
{
    private static readonly DateTimeOffset Noon = At.Utc("2026-11-10 12:00");
    private static readonly Guid[] Known = [.. Enumerable.Range(0, 4).Select(_ => Guid.NewGuid())];

    private static readonly Gen<IncidentTraits> Traits = Gen.Select(Gen.Int[0, 15], Gen.Int[0, 7], Gen.String[Gen.Char["abc "], 0, 30]).Select((services, signs, title) => new IncidentTraits(
        Guid.NewGuid(), Noon, Known.Where((_, i) => (services >> i & 1) == 1).ToHashSet(), Enumerable.Range(0, 3).Where(i => (signs >> i & 1) == 1).Select(i => $"sign {i}").ToHashSet(), IncidentLikeness.WordsOf(title)));

    [Fact]
    public void Rank_PastIncidents_TellsTheMostAlikeFirstAndWhatIsShared()
    {
        var present = Of("Cart times out after a release", [Known[0]], ["objective", "HighLatency"]);
        var same = Of("Cart times out again", [Known[0]], ["HighLatency"]);
        var neighbour = Of("Search is slow", [Known[0], Known[1]], []);
        var stranger = Of("Certificate of the blog ended", [Known[3]], ["CertificateEnds"]);

        var like = IncidentLikeness.Rank(present, [stranger, neighbour, same], 5);

        Assert.Equal([same.Id, neighbour.Id], like.Select(l => l.Id));
        Assert.Equal("shares 1 service, 1 signal or objective, the words cart, out, times", like[0].Why);
    }

    [Fact]
    public void Rank_AWordThatFewIncidentsHave_WeighsMore()
    {
        var present = Of("gateway deadlock", [Known[0]], []);
        var rare = Of("deadlock", [Known[0]], []);
        var others = Enumerable.Range(0, 20).Select(i => Of("gateway", [Known[0]], [])).ToList();

        Assert.Equal(rare.Id, IncidentLikeness.Rank(present, [.. others, rare], 1)[0].Id);
    }

    [Fact]
    public void Rank_AsAlike_TellsTheLaterFirst()
    {
        var present = Of("Cart", [Known[0]], []);
        var (old, recent) = (Of("Cart", [Known[0]], []) with { StartedAt = Noon.AddDays(-90) }, Of("Cart", [Known[0]], []) with { StartedAt = Noon.AddDays(-3) });

        Assert.Equal([recent.Id, old.Id], IncidentLikeness.Rank(present, [old, recent], 5).Select(l => l.Id));
    }

    [Fact]
    public void Rank_AnyIncidents_StaysBetweenTheLeastAndOneAndNeverTellsItself() => Gen.Select(Traits, Traits.Array[0, 10]).Sample((present, past) =>
    {
        var like = IncidentLikeness.Rank(present, [.. past, present], 5);
        Assert.DoesNotContain(like, l => l.Id == present.Id);
        Assert.All(like, l => Assert.InRange(l.Likeness, IncidentLikeness.Least, 1 + 1e-9));
        Assert.Equal(like.OrderByDescending(l => l.Likeness).Select(l => l.Likeness), like.Select(l => l.Likeness));
    });

    [Fact]
    public void WordsOf_ATitle_LeavesOutShortAndCommonWords() =>
        Assert.Equal(["checkout", "502", "région"], IncidentLikeness.WordsOf("Checkout fails with 502 in EU, Région!"));

    private static IncidentTraits Of(string title, Guid[] services, string[] signs) =>
        new(Guid.NewGuid(), Noon, services.ToHashSet(), signs.ToHashSet(), IncidentLikeness.WordsOf(title));
}
