using System.Text.Json;
using Microsoft.Playwright;
using SloPortal.Browser.Tests.Harness;

namespace SloPortal.Browser.Tests.Objectives;

/// <summary>Two sides in two browsers come to an agreement, and where they cannot, a third decides.</summary>
[Collection(SeededPortalTests.Name)]
public sealed class NegotiationTests(SeededPortal portal) : BrowserTest
{
    [Fact]
    public async Task Room_TwoPeople_NegotiateToASignatureAndSeeEachOtherLive()
    {
        var proposal = await ProposeAsync("talks", 99.8m);
        var (olga, sami) = (await EnterAsync(proposal, portal.Data.Owner), await EnterAsync(proposal, portal.Data.Stakeholder));

        await StateAsync(olga, "99", "We held this with room to spare.");
        await Assertions.Expect(sami.Page.GetByText("We held this with room to spare.")).ToBeVisibleAsync();
        await StateAsync(sami, "99.85", "Support hears of every tenth.");
        await Assertions.Expect(olga.Page.GetByText("0.85 points apart: 99 % is supported, 99.85 % wanted.")).ToBeVisibleAsync();

        await sami.Page.GetByLabel("Your comment").FillAsync("What would 99.5 cost you?");
        await sami.Page.GetByRole(AriaRole.Button, new() { Name = "Comment", Exact = true }).ClickAsync();
        await Assertions.Expect(olga.Page.GetByText("What would 99.5 cost you?")).ToBeVisibleAsync();

        await OpenAsync(sami, "Sign 99.8 %");
        await sami.Page.Locator("#reason").FillAsync("I sign what I read.");
        await OpenAsync(olga, "Offer other terms");
        await olga.Page.Locator("#deed-target").FillAsync("99.5");
        await olga.Page.Locator("#reason").FillAsync("Half of the way.");
        await olga.Page.GetByRole(AriaRole.Button, new() { Name = "Make the offer" }).ClickAsync();
        await Assertions.Expect(olga.Page.GetByText("Open, round 2")).ToBeVisibleAsync();
        // Sami was about to sign other terms: he is told, and what he typed stays.
        await Assertions.Expect(sami.Page.GetByText("The terms changed while you wrote.")).ToBeVisibleAsync();
        await sami.Page.GetByLabel("Your password, once more").FillAsync(RunningPortal.Password);
        await sami.Page.GetByRole(AriaRole.Button, new() { Name = "Sign", Exact = true }).ClickAsync();
        await Assertions.Expect(sami.Page.GetByText("What stands here has changed since you read it: round 2, 99.5 %")).ToBeVisibleAsync();
        await Assertions.Expect(sami.Page.Locator("#reason")).ToHaveValueAsync("I sign what I read.");

        await sami.Page.GetByLabel("Your password, once more").FillAsync("not my password");
        await sami.Page.GetByRole(AriaRole.Button, new() { Name = "Sign", Exact = true }).ClickAsync();
        await Assertions.Expect(sami.Page.GetByText("The password is wrong. Nothing was signed.").First).ToBeVisibleAsync();
        await sami.Page.GetByLabel("Your password, once more").FillAsync(RunningPortal.Password);
        await sami.Page.GetByRole(AriaRole.Button, new() { Name = "Sign", Exact = true }).ClickAsync();
        await Assertions.Expect(olga.Page.GetByText("Your move: sign, or offer other terms.")).ToBeVisibleAsync();
        await SignAsync(olga, "Sign 99.5 %", "Agreed.");

        await Assertions.Expect(sami.Page.GetByText("Agreed, v1")).ToBeVisibleAsync();
        await Assertions.Expect(sami.Page.GetByText("confirmed by password").First).ToBeVisibleAsync();
        await olga.GoToAsync("/objectives/checkout/talks/agreements");
        foreach (var told in new[] { "Half of the way.", "Support hears of every tenth.", "We held this with room to spare.", "I sign what I read.", "as signed" })
            await Assertions.Expect(olga.Page.GetByText(told).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Room_WithoutAgreement_IsDecidedByAThirdWithDissent()
    {
        var arbiter = await portal.People.InviteAsync("Arne Arbiter", ["incidentCommander"], [], Ct);
        var proposal = await ProposeAsync("disputed", 99m);
        var (olga, sami) = (await EnterAsync(proposal, portal.Data.Owner), await EnterAsync(proposal, portal.Data.Stakeholder));
        await OpenMoreAsync(sami, "Call an arbiter");
        await sami.Page.Locator("#deed-person").SelectOptionAsync(new SelectOptionValue { Label = "Arne Arbiter" });
        await sami.Page.Locator("#reason").FillAsync("We go in circles.");
        await sami.Page.GetByRole(AriaRole.Button, new() { Name = "Call them" }).ClickAsync();
        await Assertions.Expect(olga.Page.GetByText("Called to decide")).ToBeVisibleAsync();
        await OpenMoreAsync(olga, "Record dissent");
        await olga.Page.Locator("#reason").FillAsync("It leaves no room for releases.");
        await olga.Page.GetByRole(AriaRole.Button, new() { Name = "Record dissent" }).Last.ClickAsync();
        await Assertions.Expect(sami.Page.GetByText("Olga Owner dissents")).ToBeVisibleAsync();

        var arne = await ComeAsync(portal.Address, arbiter.Session);
        await arne.GoToAsync("/");
        await arne.Page.Locator("details.notices summary").ClickAsync();
        await arne.LoadsAfterAsync(() => arne.Page.GetByText("asks you to decide between the sides").First.ClickAsync(), $"{portal.Address}/proposals/{proposal}");
        await OpenAsync(arne, "Decide");
        await arne.Page.Locator("#deed-target").FillAsync("99.4");
        await arne.Page.Locator("#deed-review").FillAsync(TimeProvider.System.GetUtcNow().AddDays(30).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        await arne.Page.Locator("#reason").FillAsync("Between what each can bear.");
        await arne.Page.GetByLabel("Your password, once more").FillAsync(RunningPortal.Password);
        await arne.Page.GetByRole(AriaRole.Button, new() { Name = "Decide and sign" }).ClickAsync();

        await Assertions.Expect(sami.Page.GetByText("Arne Arbiter decided as arbiter")).ToBeVisibleAsync();
        await Assertions.Expect(olga.Page.GetByText("Agreed, v1")).ToBeVisibleAsync();
        var auditor = await ComeAsync(portal.Address, portal.Data.Auditor.Session);
        await auditor.GoToAsync("/objectives/checkout/disputed/agreements");
        foreach (var told in new[] { "Decided as arbiter", "Between what each can bear.", "It leaves no room for releases.", "99.4 % over 7 days, rolling is in force" })
            await Assertions.Expect(auditor.Page.GetByText(told).First).ToBeVisibleAsync();
        await Pages.Pictures.TakeAsync(sami.Page, "negotiation-decided", ColorScheme.Light, 1440);
    }

    [Fact]
    public async Task Version_AgreedForLater_TakesEffectAtItsTime()
    {
        var from = TimeProvider.System.GetUtcNow().AddSeconds(20);
        var proposal = await ProposeAsync("later", 98.5m, from);
        foreach (var party in new[] { portal.Data.Owner, portal.Data.Stakeholder })
            await portal.People.SignAsync(party, proposal, Ct);

        var before = await InForceAsync();
        var after = await Eventually.GetAsync("the version to take effect", TimeSpan.FromMinutes(2), async _ => await InForceAsync() is { Version: > 0 } held ? held : null, Ct);

        Assert.True(before.Version is null || TimeProvider.System.GetUtcNow() >= from);
        Assert.True(after.ReadAt >= from, "It was in force before its time.");

        async Task<Held> InForceAsync()
        {
            var objective = await portal.Api.GetAsync("/objectives/checkout/later", Ct);
            var version = objective.GetProperty("inForce");
            return new(version.ValueKind == JsonValueKind.Null ? null : version.GetInt32(), TimeProvider.System.GetUtcNow());
        }
    }

    private sealed record Held(int? Version, DateTimeOffset ReadAt);

    private async Task<Guid> ProposeAsync(string slug, decimal target, DateTimeOffset? effectiveFrom = null)
    {
        var terms = new { sli = "orders", targetPercent = target, window = "rolling 7d", effectiveFrom, ownerId = portal.Data.Owner.Id, stakeholderId = portal.Data.Stakeholder.Id, rationale = "What customers were promised." };
        return (await portal.Api.PostAsync("/objectives", new { service = "checkout", slug, name = $"Orders, {slug}", description = "", terms }, Ct)).GetGuid();
    }

    private async Task<Visitor> EnterAsync(Guid proposal, Somebody who)
    {
        var visitor = await ComeAsync(portal.Address, who.Session);
        await visitor.GoToAsync($"/proposals/{proposal}");
        return visitor;
    }

    private static async Task StateAsync(Visitor who, string target, string why)
    {
        await OpenAsync(who, "State your position");
        await who.Page.Locator("#deed-target").FillAsync(target);
        await who.Page.Locator("#reason").FillAsync(why);
        await who.Page.GetByLabel("Your password, once more").FillAsync(RunningPortal.Password);
        await who.Page.GetByRole(AriaRole.Button, new() { Name = "Sign your position" }).ClickAsync();
        await Assertions.Expect(who.Page.Locator(".position").GetByText(why)).ToBeVisibleAsync();
    }

    private static async Task SignAsync(Visitor who, string button, string reason)
    {
        await OpenAsync(who, button);
        await who.Page.Locator("#reason").FillAsync(reason);
        await who.Page.GetByLabel("Your password, once more").FillAsync(RunningPortal.Password);
        await who.Page.GetByRole(AriaRole.Button, new() { Name = "Sign", Exact = true }).ClickAsync();
    }

    private static Task OpenAsync(Visitor who, string button) => who.Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).First.ClickAsync();

    private static async Task OpenMoreAsync(Visitor who, string button)
    {
        await who.Page.GetByText("More", new() { Exact = true }).ClickAsync();
        await OpenAsync(who, button);
    }
}
