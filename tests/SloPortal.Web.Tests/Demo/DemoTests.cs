using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using SloPortal.Application.Audit;
using SloPortal.Application.Objectives.Proposals;
using SloPortal.Domain.Access;
using SloPortal.Domain.Objectives;
using SloPortal.TestSupport;
using SloPortal.Web.Demo;
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

    [Fact(Timeout = 180_000)]
    public async Task Play_TwoDays_TellsTheWholeStoryThroughTheOperations()
    {
        await using var host = PortalHost.StartOn(await TestPostgres.CreateDatabaseAsync(Ct), [("demo", "true"), ("Demo:Days", "2")]);
        var state = host.Services.GetRequiredService<DemoState>();
        while (!state.IsComplete)
            await Task.Delay(100, Ct);

        Assert.Empty(host.Services.GetRequiredService<DemoStage>().Refusals);
        var system = Actor.System("test");
        var proposals = (await host.Services.GetRequiredService<ListProposals.Handler>().HandleAsync(new ListProposals(), system, Ct)).Require();
        Assert.Contains(proposals, p => p.State == ProposalState.Accepted);
        Assert.Contains(proposals, p => p.State == ProposalState.Open);
        Assert.Contains(proposals, p => p.State == ProposalState.Rejected);

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
