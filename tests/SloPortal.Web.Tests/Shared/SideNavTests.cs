using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using SloPortal.Application.Remediation;
using SloPortal.Domain.Access;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Tests.Shared;

public sealed class SideNavTests
{
    [Fact]
    public void Render_PageUnderAnEntry_MarksTheEntryAndFollowsNavigation()
    {
        using var context = new BunitContext();
        var navigation = context.Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo("/services/checkout");

        var nav = Render(context, Role.Viewer);
        Assert.Equal("/services", nav.Find("[aria-current=page]").GetAttribute("href"));

        navigation.NavigateTo("/");
        nav.WaitForAssertion(() => Assert.Equal("/", nav.Find(".nav-list [aria-current=page]").GetAttribute("href")));
    }

    [Fact]
    public void Render_Viewer_HidesWhatOnlyOthersOpen()
    {
        using var context = new BunitContext();

        Assert.Empty(Render(context, Role.Viewer).FindAll("[href='/settings/people'], [href='/audit']"));
        Assert.NotEmpty(Render(context, Role.Administrator).FindAll("[href='/settings/people']"));
    }

    private static IRenderedComponent<SideNav> Render(BunitContext context, Role role) => context.Render<SideNav>(p => p
        .Add(n => n.Actor, new Actor { Kind = ActorKind.Person, Name = "Somebody", Roles = [role] })
        .Add(n => n.Counts, NeedCounts.None));
}
