using Microsoft.Playwright;
using SloPortal.Browser.Tests.Harness;

namespace SloPortal.Browser.Tests.Reviews;

/// <summary>Two people write one postmortem at the same time, and a third thing tries to take what they wrote.</summary>
[Collection(SeededPortalTests.Name)]
public sealed class EditingTogetherTests(SeededPortal portal) : BrowserTest
{
    private const string Body = "## Impact\n\nimpact\n\n## Timeline\n\ntimeline\n\n## Actions\n\nactions\n";

    [Fact]
    public async Task Editors_DifferentSections_AreMergedWhileTheyWriteAndSaved()
    {
        var number = await BeginAsync();
        var (olga, sami) = (await ComeToWriteAsync(number, portal.Data.Owner), await ComeToWriteAsync(number, portal.Data.Stakeholder));
        await Assertions.Expect(olga.Page.GetByText("Sami Stakeholder is writing too")).ToBeVisibleAsync();
        await Assertions.Expect(sami.Page.GetByText("Olga Owner is writing too")).ToBeVisibleAsync();

        await WriteAsync(sami, Body.Replace("actions\n", "actions by Sami\n", StringComparison.Ordinal));
        await WriteAsync(olga, Body.Replace("impact\n", "impact by Olga\n", StringComparison.Ordinal));
        await SaveAsync(olga);

        // Without a keystroke of his, and without losing one.
        var both = Body.Replace("impact\n", "impact by Olga\n", StringComparison.Ordinal).Replace("actions\n", "actions by Sami\n", StringComparison.Ordinal);
        await Assertions.Expect(Text(sami)).ToHaveValueAsync(both);
        await Assertions.Expect(sami.Page.GetByText("What Olga Owner saved is merged into your text")).ToBeVisibleAsync();
        await sami.Page.Keyboard.PressAsync("Control+s");
        await Assertions.Expect(sami.Page.GetByText("Saved as revision 3")).ToBeVisibleAsync();
        await Assertions.Expect(Text(olga)).ToHaveValueAsync(both);
        Assert.Equal(both, await StoredAsync(number));
    }

    [Fact]
    public async Task Editors_SameLine_DecideSideBySideAndNothingIsLost()
    {
        var number = await BeginAsync();
        var (olga, sami) = (await ComeToWriteAsync(number, portal.Data.Owner), await ComeToWriteAsync(number, portal.Data.Stakeholder));

        await WriteAsync(sami, Body.Replace("timeline\n", "as Sami saw it\n", StringComparison.Ordinal));
        await WriteAsync(olga, Body.Replace("timeline\n", "as Olga saw it\n", StringComparison.Ordinal));
        await SaveAsync(olga);
        await sami.Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();

        await Assertions.Expect(sami.Page.GetByRole(AriaRole.Heading, new() { Name = "You and Olga Owner changed the same lines" })).ToBeVisibleAsync();
        Assert.Equal(Body.Replace("timeline\n", "as Olga saw it\n", StringComparison.Ordinal), await StoredAsync(number));
        await Pages.Pictures.TakeAsync(sami.Page, "review-conflict", ColorScheme.Light, 1440);
        await sami.Page.GetByLabel("Keep both").CheckAsync();
        await sami.Page.GetByRole(AriaRole.Button, new() { Name = "Save it like this" }).ClickAsync();
        await Assertions.Expect(sami.Page.GetByText("Saved as revision 3")).ToBeVisibleAsync();
        Assert.Equal(Body.Replace("timeline\n", "as Sami saw it\nas Olga saw it\n", StringComparison.Ordinal), await StoredAsync(number));
    }

    [Fact]
    public async Task Editor_ReloadBeforeSaving_HasWhatWasTyped()
    {
        var number = await BeginAsync();
        var olga = await ComeToWriteAsync(number, portal.Data.Owner);
        await WriteAsync(olga, Body + "not saved");

        await olga.GoToAsync($"/reviews/{number}/edit");

        await Assertions.Expect(Text(olga)).ToHaveValueAsync(Body + "not saved");
        await Assertions.Expect(olga.Page.GetByText("What you had typed and not saved is here again")).ToBeVisibleAsync();
        await olga.Page.GetByRole(AriaRole.Button, new() { Name = "Discard it" }).ClickAsync();
        await Assertions.Expect(Text(olga)).ToHaveValueAsync(Body);
    }

    [Fact]
    public async Task Editor_TenMegabytesPasted_SaysWhyAndLivesOn()
    {
        var number = await BeginAsync();
        var olga = await ComeToWriteAsync(number, portal.Data.Owner);

        await Text(olga).EvaluateAsync("(box, body) => { box.value = body + 'x'.repeat(10_000_000); box.dispatchEvent(new Event('input', { bubbles: true })); }", Body);
        await Assertions.Expect(olga.Page.GetByText("This text is 10.0 MB long")).ToBeVisibleAsync();
        await Assertions.Expect(olga.Page.GetByText("Too long to be saved.")).ToBeVisibleAsync();

        await WriteAsync(olga, Body + "short again");
        await SaveAsync(olga);
        Assert.Equal(Body + "short again", await StoredAsync(number));
    }

    [Fact(Skip = "The preview of a text of this size takes longer than the test waits; to be measured and mended.")]
    public async Task Editor_AlmostOneMegabyte_IsPreviewedAndSaved()
    {
        var number = await BeginAsync();
        var olga = await ComeToWriteAsync(number, portal.Data.Owner);
        var large = string.Concat(Enumerable.Repeat("A line of some sixty characters, as people write them in a log.\n\n", 14_000));

        await WriteAsync(olga, large);
        await SaveAsync(olga);

        Assert.Equal(large, await StoredAsync(number));
    }

    [Fact]
    public async Task Review_BySomebodyElse_IsApprovedAndPublished()
    {
        var number = await BeginAsync();
        var olga = await ComeToWriteAsync(number, portal.Data.Owner);
        await WriteAsync(olga, Body + "by Olga");
        await SaveAsync(olga);
        await olga.GoToAsync($"/reviews/{number}");
        await PressAsync(olga, "Submit for review");
        await Assertions.Expect(olga.Page.GetByText("It waits for somebody who did not write it.")).ToBeVisibleAsync();
        await Assertions.Expect(olga.Page.GetByRole(AriaRole.Button, new() { Name = "Approve" })).ToHaveCountAsync(0);

        var sami = await ComeAsync(portal.Address, portal.Data.Stakeholder.Session);
        await sami.GoToAsync($"/reviews/{number}");
        await PressAsync(sami, "Approve");
        await PressAsync(sami, "Approve this revision");
        // Olga's page learns of it by itself.
        await PressAsync(olga, "Publish");
        await Assertions.Expect(sami.Page.GetByText("It stands in the archive.")).ToBeVisibleAsync();
    }

    private async Task<int> BeginAsync() =>
        (await portal.Api.PostAsync("/postmortems", new { title = "Written together", body = Body }, Ct)).GetInt32();

    private async Task<string?> StoredAsync(int number) => (await portal.Api.GetAsync($"/postmortems/{number}", Ct)).GetProperty("body").GetString();

    private async Task<Visitor> ComeToWriteAsync(int number, Somebody who)
    {
        var visitor = await ComeAsync(portal.Address, who.Session);
        await visitor.GoToAsync($"/reviews/{number}/edit");
        await Assertions.Expect(visitor.Page.GetByText("Saved as revision 1.")).ToBeVisibleAsync();
        await Assertions.Expect(visitor.Page.Locator(".editor[data-ready]")).ToHaveCountAsync(1);
        return visitor;
    }

    private static ILocator Text(Visitor visitor) => visitor.Page.Locator("#body");

    private static async Task WriteAsync(Visitor visitor, string text)
    {
        await Text(visitor).FillAsync(text);
        await Assertions.Expect(visitor.Page.GetByText("Not saved yet")).ToBeVisibleAsync();
    }

    private static async Task SaveAsync(Visitor visitor)
    {
        await PressAsync(visitor, "Save");
        await Assertions.Expect(visitor.Page.GetByText("Saved as revision")).ToBeVisibleAsync();
    }

    private static Task PressAsync(Visitor visitor, string name) => visitor.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();
}
