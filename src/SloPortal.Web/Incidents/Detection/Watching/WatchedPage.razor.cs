using Microsoft.AspNetCore.Components;
using SloPortal.Application.Incidents.Detection.Watching;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents.Detection.Watching;

/// <summary>One watched thing: why, with the figures, what happened to it, and what may be done.</summary>
public sealed partial class WatchedPage
{
    private static readonly IReadOnlyList<Crumb> Way = [new("Incidents", Routes.Incidents), new("Watch list", Routes.Watch)];

    private Refusal? refusal;

    [Inject] private GetWatch.Handler Get { get; set; } = default!;

    [Parameter] public Guid Id { get; set; }

    /// <summary>What was read, so that the live page begins with what was prerendered.</summary>
    [PersistentState] public WatchDetails? Shown { get; set; }

    protected override IReadOnlyList<string> Topics { get; } = ["watch"];

    private WatchRow Item => Shown!.Item;

    protected override async Task OnParametersSetAsync()
    {
        if (Shown?.Item.Id != Id)
            await ReadAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var asked = Id;
        var outcome = await Get.HandleAsync(new GetWatch(asked), actor, Left);
        if (asked == Id)
            (Shown, refusal) = (outcome.Value, outcome.Refusal);
    }
}
