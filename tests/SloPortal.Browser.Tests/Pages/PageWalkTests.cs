using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using SloPortal.Browser.Tests.Harness;

namespace SloPortal.Browser.Tests.Pages;

/// <summary>What must hold on every page.</summary>
[Collection(WalkedPortalTests.Name)]
public sealed class PageWalkTests(WalkedPortal portal) : BrowserTest
{
    private static readonly (ColorScheme Theme, int Width)[] Looks =
        [(ColorScheme.Light, 1440), (ColorScheme.Dark, 390), (ColorScheme.Dark, 1440), (ColorScheme.Light, 390)];

    public static TheoryData<string> Names => [.. PageAddresses.All.Select(a => a.Name)];

    [Fact]
    public void Routes_EachPage_IsWalkedOrLeftOutWithAReason() =>
        Assert.Equal([], PageAddresses.Routes.Except(PageAddresses.All.Select(a => a.Template)).Except(PageAddresses.LeftOut.Keys));

    // Each page fits both widths. Axe takes most of the time, so it sees each page one way, and pages take turns at the four, as they share what they are made of.
    [Theory, MemberData(nameof(Names))]
    public async Task Page_BothThemesAndWidths_IsAccessibleAndFits(string name)
    {
        var address = PageAddresses.All.Single(a => a.Name == name);
        var visitor = await ComeAsync(portal.Address, await SessionAsync(address.Looker));
        if (address.NotFound)
            visitor.Expects("status of 404");
        await visitor.GoToAsync(address.Path(portal.Data));
        var page = visitor.Page;

        await Assertions.Expect(page).ToHaveTitleAsync(new Regex(@"^\S.* · SloPortal$"));
        await Assertions.Expect(page.Locator("h1:visible")).ToHaveCountAsync(1);
        var problems = new List<string>();
        var turn = PageAddresses.All.ToList().IndexOf(address) % Looks.Length;
        foreach (var (look, (theme, width)) in Looks.Index().Where(l => Pictures.AreTaken || l.Index / 2 == turn / 2))
        {
            await page.EmulateMediaAsync(new() { ColorScheme = theme, ReducedMotion = ReducedMotion.Reduce });
            await page.SetViewportSizeAsync(width, width == 390 ? 844 : 900);
            await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))");
            problems.AddRange(await OverflowAsync(page, width));
            if (Pictures.AreTaken || look == turn)
                problems.AddRange(await ViolationsAsync(page, $"{theme}, {width} px"));
            await Pictures.TakeAsync(page, name, theme, width);
        }
        Assert.True(problems.Count == 0, string.Join('\n', problems.Distinct()));
    }

    private async Task<string?> SessionAsync(Looker looker) => looker switch
    {
        Looker.Nobody => null,
        Looker.Administrator => await portal.People.AdministratorAsync(Ct),
        Looker.Owner => portal.Data.Owner.Session,
        _ => throw new ArgumentOutOfRangeException(nameof(looker), looker, null),
    };

    /// <summary>How wide the document is where it scrolls sideways, and what sticks out.</summary>
    private const string Wider =
        """
        () => {
          const root = document.documentElement;
          if (root.scrollWidth <= root.clientWidth) return [];
          const cut = e => e && e !== root && (/hidden|auto|scroll|clip/.test(getComputedStyle(e).overflowX) || e.matches('details:not([open])') || cut(e.parentElement));
          const out = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > root.clientWidth && !cut(e.parentElement));
          return [`${root.scrollWidth} px`, ...out.slice(0, 3).map(e => `${e.outerHTML.slice(0, 120)} reaches ${Math.round(e.getBoundingClientRect().right)} px`)];
        }
        """;

    private static async Task<IReadOnlyList<string>> OverflowAsync(IPage page, int width)
    {
        string[] wide = [];
        // A screen that has just become narrow may be measured before its parts have been; what is too wide stays so.
        for (var look = 0; look < 10; look++)
        {
            wide = await page.EvaluateAsync<string[]>(Wider);
            if (wide.Length == 0)
                break;
            await Task.Delay(100);
        }
        return [.. wide.Select(w => $"At {width} px the page is wider: {w}")];
    }

    private static async Task<IReadOnlyList<string>> ViolationsAsync(IPage page, string where)
    {
        var result = await page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        return
        [
            .. result.Violations.Where(v => v.Impact is "serious" or "critical").SelectMany(v => v.Nodes.Select(n =>
                $"{where}: {v.Id} ({v.Impact}): {v.Help}: {n.Html} {string.Join(' ', n.Any.Concat(n.All).Select(c => c.Message))}")),
        ];
    }
}
