using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using SloPortal.Application.Audit;
using SloPortal.Application.Incidents;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Application.Objectives.Proposals;
using SloPortal.Application.Remediation;
using SloPortal.Application.Reviews;
using SloPortal.Domain.Access;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Timeline;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Remediation;
using SloPortal.Domain.Reviews.Writing;
using SloPortal.TestSupport;
using SloPortal.Web.Demo;
using SloPortal.Web.Demo.Story.Incidents;
using SloPortal.Web.Tests.Common;

namespace SloPortal.Web.Tests.Demo;

public sealed partial class DemoTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Claim_DatabaseWithRealPeople_IsRefused()
    {
        await using var host = await PortalHost.StartAsync();

        var refused = await Assert.ThrowsAsync<DemoRefusedException>(() => host.Services.GetRequiredService<DemoMark>().ClaimAsync(DateTimeOffset.UnixEpoch, Ct));

        Assert.Contains("real data", refused.Message, StringComparison.Ordinal);
        Assert.Null(await host.Services.GetRequiredService<DemoMark>().ReadAsync(Ct));
    }

    [Fact]
    public async Task SignIn_OutsideTheDemo_OffersNobodyAndTakesNobody()
    {
        await using var host = await PortalHost.StartAsync();
        using var browser = host.Browser();

        Assert.DoesNotContain(DemoState.SignInAddress, await browser.GetStringAsync("/sign-in", Ct), StringComparison.Ordinal);
        using var answer = await browser.PostAsync(DemoState.SignInAddress, new FormUrlEncodedContent([new("person", "ines")]), Ct);
        Assert.NotEqual(HttpStatusCode.Redirect, answer.StatusCode);
    }

    [Fact(Timeout = 300_000)]
    public async Task Play_FourteenDays_TellsTheStoryThroughTheOperations()
    {
        await using var host = PortalHost.StartOn(await TestPostgres.CreateDatabaseAsync(Ct), [("demo", "true"), ("Demo:Days", "14")]);
        var state = host.Services.GetRequiredService<DemoState>();
        while (!state.IsComplete)
            await Task.Delay(100, Ct);

        Assert.Empty(host.Services.GetRequiredService<DemoStage>().Refusals);
        var system = Actor.System("test");
        var proposals = (await host.Services.GetRequiredService<ListProposals.Handler>().HandleAsync(new ListProposals(), system, Ct)).Require();
        Assert.Contains(proposals, p => p.State == ProposalState.Accepted);
        Assert.Contains(proposals, p => p.State == ProposalState.Open);
        Assert.Contains(proposals, p => p.State == ProposalState.Rejected);

        var incidents = (await host.Services.GetRequiredService<ListIncidents.Handler>().HandleAsync(new ListIncidents(), system, Ct)).Require().Incidents.Items;
        var search = Assert.Single(incidents, i => i.Title == "Search is slow");
        Assert.Equal((IncidentStatus.Acknowledged, null, "Aiko Tanaka"), (search.Status, search.EndedAt, search.Commander));
        var outage = Assert.Single(incidents, i => i.Title == VendorOutage.Title);
        Assert.Equal(outage.Number, Assert.Single(incidents, i => i.MergedInto is not null).MergedInto);
        var timeline = (await host.Services.GetRequiredService<GetTimeline.Handler>().HandleAsync(new GetTimeline(outage.Number, Take: 1000), system, Ct)).Require().Entries;
        // Recorded at the time of the story, which lies days before the clock on the wall.
        Assert.All(timeline, e => Assert.InRange(e.RecordedAt - e.OccurredAt, TimeSpan.Zero, TimeSpan.FromHours(12)));
        EntryKind[] kinds = [EntryKind.Alert, EntryKind.Decision, EntryKind.Status, EntryKind.Severity, EntryKind.Role, EntryKind.Impact, EntryKind.Attachment, EntryKind.Merge];
        Assert.All(kinds, kind => Assert.Contains(timeline, e => e.Kind == kind));
        var reviews = (await host.Services.GetRequiredService<ListPostmortems.Handler>().HandleAsync(new ListPostmortems(), system, Ct)).Require().Items;
        Assert.Equal(
            [PostmortemState.Draft, PostmortemState.InReview, PostmortemState.Approved, PostmortemState.Published],
            reviews.Select(r => r.State).Distinct().Order());
        var actions = (await host.Services.GetRequiredService<ListActions.Handler>().HandleAsync(new ListActions(), system, Ct)).Require();
        Assert.Equal(1, actions.Overdue);
        Assert.Contains(actions.Actions.Items, a => a.State == ActionState.Done);

        Assert.True((await host.Services.GetRequiredService<VerifyAudit.Handler>().ComputeAsync(Ct)).IsIntact);

        using var browser = host.Browser();
        var page = await browser.GetStringAsync("/sign-in", Ct);
        Assert.Contains("Demo data", page, StringComparison.Ordinal);
        var form = page[page.IndexOf(DemoState.SignInAddress, StringComparison.Ordinal)..];
        using var answer = await PortalHost.SendFormAsync(browser, DemoState.SignInAddress, "", Token().Match(form).Groups[1].Value, ("person", "ruth"));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("Ruth Adler", await browser.GetStringAsync("/api/v1/me", Ct), StringComparison.Ordinal);
    }

    [GeneratedRegex("__RequestVerificationToken\" value=\"([^\"]+)")]
    private static partial Regex Token();
}
