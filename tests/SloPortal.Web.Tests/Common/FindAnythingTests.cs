using SloPortal.Domain.Access;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Tests.Common;

public sealed class FindAnythingTests
{
    private static readonly Actor Viewer = new() { Kind = ActorKind.Person, Name = "Vi", Roles = [Role.Viewer] };
    private static readonly Actor Administrator = new() { Kind = ActorKind.Person, Name = "Ada", Roles = [Role.Administrator] };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HandleAsync_ManyOfOneGroup_ShowsTheBestFewAndKeepsTheGroupTogether()
    {
        var services = Enumerable.Range(0, 20).Select(i => new PaletteEntry("Services", $"Search {i}", null, $"/services/{i}"));
        var find = new FindAnything([new Fixed([.. services, new("Actions", "Research", null, "/r"), new("Services", "Sea", null, "/sea")])]);

        var found = await find.HandleAsync("sea", Viewer, Ct);

        Assert.Equal("/sea", found[0].Address);
        Assert.Equal(6, found.Count(e => e.Group == "Services"));
        Assert.Equal("Actions", found[^1].Group);
    }

    [Fact]
    public async Task HandleAsync_PagesOfAViewer_LeaveOutWhatOnlyAdministratorsOpen()
    {
        var find = new FindAnything([new PagePaletteEntries()]);

        var viewer = await find.HandleAsync("", Viewer, Ct);
        var administrator = await find.HandleAsync("", Administrator, Ct);

        Assert.Contains(viewer, e => e.Address == "/services");
        Assert.DoesNotContain(viewer, e => e.Address == "/settings/people");
        Assert.Contains(administrator, e => e.Address == "/settings/people");
    }

    private sealed class Fixed(IReadOnlyList<PaletteEntry> entries) : IPaletteEntries
    {
        public Task<IReadOnlyList<PaletteEntry>> FindAsync(string query, Actor actor, CancellationToken ct) => Task.FromResult(entries);
    }
}
