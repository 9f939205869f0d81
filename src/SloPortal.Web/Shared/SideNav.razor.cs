using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using SloPortal.Application.Remediation;
using SloPortal.Domain.Access;

namespace SloPortal.Web.Shared;

/// <summary>The left navigation. One component with plain links: a component for each link would cost more than the page.</summary>
public sealed partial class SideNav
{
    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = default!;

    [Parameter, EditorRequired]
    public NeedCounts Counts { get; set; } = NeedCounts.None;

    private string Path { get; set; } = "/";

    protected override void OnInitialized()
    {
        Path = PathOf(Navigation.Uri);
        Navigation.LocationChanged += Follow;
    }

    public void Dispose() => Navigation.LocationChanged -= Follow;

    private void Follow(object? sender, LocationChangedEventArgs e)
    {
        Path = PathOf(e.Location);
        InvokeAsync(StateHasChanged);
    }

    private static string PathOf(string uri) => new Uri(uri).AbsolutePath;
}
