using CsCheck;
using SloPortal.Domain.Catalog.Dependencies;

namespace SloPortal.Domain.Tests.Catalog;

public sealed class DependencyCircleTests
{
    private static readonly Guid[] Places = [.. Enumerable.Range(1, 8).Select(n => new Guid(n, 0, 0, new byte[8]))];

    [Fact]
    public void ClosedBy_EdgesAddedOnlyWhereItSaysNo_NeverLetsAnythingReachItself() =>
        Gen.Select(Gen.Int[0, 7], Gen.Int[0, 7]).Array[1, 40].Sample(attempts =>
        {
            var edges = new HashSet<(Guid From, Guid On)>();
            foreach (var (from, on) in attempts.Select(a => (Places[a.Item1], Places[a.Item2])))
            {
                var lookup = edges.ToLookup(e => e.From, e => e.On);
                var circle = DependencyCircle.ClosedBy(lookup, from, on);
                Assert.Equal(from == on || Reaches(lookup, on, from), circle is not null);
                if (circle is null)
                    edges.Add((from, on));
                else
                    Assert.All(circle.Skip(1).Zip(circle.Skip(2)), step => Assert.Contains((step.First, step.Second), edges));
            }
        });

    [Fact]
    public void Sentence_OfACircle_NamesIt()
    {
        Assert.Equal("Checkout cannot depend on itself. Choose another service.", DependencyCircle.Sentence(["Checkout", "Checkout"]));
        Assert.Equal("This would close a circle: Checkout → Payments → Checkout. Remove one of these dependencies first.", DependencyCircle.Sentence(["Checkout", "Payments", "Checkout"]));
    }

    private static bool Reaches(ILookup<Guid, Guid> edges, Guid at, Guid end) => edges[at].Any(next => next == end || Reaches(edges, next, end));
}
