using Microsoft.AspNetCore.Components;
using SloPortal.Application.Incidents.Detection.Watching;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Watching;
using SloPortal.Web.Access;

namespace SloPortal.Web.Incidents.Detection.Watching;

/// <summary>Where a person puts something on the watch list.</summary>
public sealed partial class AddWatch
{
    private readonly string key = Guid.NewGuid().ToString();
    private string? service;
    private string? title;
    private string? reason;
    private int days = WatchItem.Usual.Days;
    private bool busy;
    private Refusal? refusal;

    [Parameter, EditorRequired] public IReadOnlyList<Choice> Services { get; set; } = [];

    /// <summary>Which is chosen first.</summary>
    [Parameter] public string? Service { get; set; }

    [Inject] private WatchByHand.Handler Watch { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

    protected override void OnInitialized() => service = Services.FirstOrDefault(s => s.Value == Service)?.Value;

    private async Task SendAsync()
    {
        busy = true;
        var outcome = await Watch.HandleAsync(
            new WatchByHand(service ?? "", title ?? "", reason ?? "", ExpiresAt: Clock.GetUtcNow().AddDays(days), ClientKey: key), await Current.GetAsync(), default);
        (refusal, busy) = (outcome.Refusal, false);
        if (outcome.Succeeded)
            Navigation.NavigateTo(Routes.Watched(outcome.Value));
    }
}
