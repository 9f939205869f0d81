using SloPortal.Domain.Incidents;
using SloPortal.Domain.Reviews.Writing;
using SloPortal.Web.Demo.Story;
using SloPortal.Web.Demo.Story.Incidents;

namespace SloPortal.Web.Tests.Demo;

public sealed class DemoIncidentsTests
{
    private static readonly DateTimeOffset End = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly IReadOnlyList<DemoIncident> Incidents = DemoIncidents.Of(new DemoTroubles(End));

    [Fact]
    public void Of_EveryIncident_IsToldInOrderByPeopleWhoExist()
    {
        Assert.Distinct(Incidents.Select(i => i.Title));
        Assert.All(Incidents, incident =>
        {
            Assert.Equal(incident.Moments.OrderBy(m => m.After), incident.Moments);
            Assert.Equal(incident.Review.OrderBy(r => r.After), incident.Review);
            Assert.All(incident.Moments.Select(m => m.Who).Concat(incident.Review.Select(r => r.Who)), key => Assert.Contains(DemoPeople.People, p => p.Key == key));
            Assert.All(incident.Moments, m => Assert.True(incident.At.AddMinutes(m.After) < End, $"{incident.Title}: {m} lies after the story."));
            Assert.All(incident.Review, r => Assert.True(incident.At.AddHours(r.After) < End, $"{incident.Title}: {r} lies after the story."));
        });
    }

    [Fact]
    public void Of_EveryStatus_FollowsLegallyAndOnlyCurrentTroublesStayOpen() => Assert.All(Incidents, incident =>
    {
        var status = IncidentStatus.Detected;
        foreach (var becomes in incident.Moments.OfType<DemoMoment.Becomes>())
        {
            Assert.Null(IncidentStatusRules.WhyNot(status, becomes.Status));
            status = becomes.Status;
        }
        var isCurrent = incident.At > End.AddDays(-1) || incident.Moments[^1] is DemoMoment.Merges;
        Assert.Equal(isCurrent, IncidentStatusRules.IsOpen(status));
    });

    [Fact]
    public void Of_Reviews_StandInEveryStateWithFactorsOfTheTaxonomyAndAnApproverWhoDidNotWrite()
    {
        var published = Incidents.Where(i => i.Review.OfType<DemoReview.Publishes>().Any()).ToList();
        Assert.InRange(published.Count, 3, 10);
        Assert.All(published, i => Assert.NotEmpty(i.Review.OfType<DemoReview.Places>()));
        Assert.Contains(Incidents, i => i.Review.Any(r => r is DemoReview.Approves) && !i.Review.Any(r => r is DemoReview.Publishes));
        Assert.Contains(Incidents, i => i.Review.Any(r => r is DemoReview.Submits) && !i.Review.Any(r => r is DemoReview.Approves));
        Assert.Contains(Incidents, i => i.Review.Any(r => r is DemoReview.Begins) && !i.Review.Any(r => r is DemoReview.Submits));
        Assert.All(Incidents.SelectMany(i => i.Review.OfType<DemoReview.Places>()).SelectMany(p => p.Factors.Keys), word => Assert.True(FactorKind.Knows(word)));
        Assert.All(Incidents, i => Assert.DoesNotContain(
            i.Review.OfType<DemoReview.Approves>().Select(a => a.Who),
            who => i.Review.Any(r => r is DemoReview.Writes or DemoReview.Begins && r.Who == who)));
    }

    [Fact]
    public void Of_Corrections_CorrectWhatWasSaid() => Assert.All(Incidents, i => Assert.All(
        i.Moments.OfType<DemoMoment.Corrects>(), c => Assert.Contains(i.Moments.OfType<DemoMoment.Says>(), s => s.Text == c.Wrong && s.After < c.After)));

    [Fact]
    public void Of_Actions_AreOnTimeOverdueDoneWithProofAndDropped()
    {
        var today = DateOnly.FromDateTime(End.UtcDateTime);
        var actions = DemoActions.Of(Incidents);
        DateOnly Due(DemoAction action) => DateOnly.FromDateTime(action.At.UtcDateTime).AddDays(action.Days);

        Assert.Distinct(actions.Select(a => a.Title));
        Assert.Contains(actions, a => a.Ends is null && Due(a) < today);
        Assert.Contains(actions, a => a.Ends is null && Due(a) >= today);
        Assert.Contains(actions, a => a.Ends is { Proof: not null });
        Assert.Contains(actions, a => a.Ends is { Proof: null });
        Assert.All(actions, a => Assert.Contains(Incidents, i => i.Title == a.Incident));
    }
}
