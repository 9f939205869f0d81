using Microsoft.AspNetCore.Components;

namespace SloPortal.Web.Demo;

/// <summary>Says on every page of a demo database that its data is invented, and how far the loading has come.</summary>
public sealed partial class DemoBanner
{
    [Inject] private DemoState State { get; set; } = default!;

    protected override void OnInitialized() => State.Changed += Follow;

    public void Dispose() => State.Changed -= Follow;

    private void Follow() => _ = InvokeAsync(StateHasChanged);
}
