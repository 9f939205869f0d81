using Microsoft.AspNetCore.Components;
using SloPortal.Application.Incidents.Escalation.Answering;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents.Escalation;

/// <summary>One page: who is called, who has it, and why.</summary>
public sealed partial class PagePage
{
    private Refusal? refusal;
    private Refusal? trouble;
    private bool busy;
    private bool ending;
    private string? note;

    [Inject] private GetPage.Handler Get { get; set; } = default!;
    [Inject] private AcknowledgePage.Handler Acknowledge { get; set; } = default!;
    [Inject] private ResolvePage.Handler Resolve { get; set; } = default!;

    [Parameter] public int Number { get; set; }

    /// <summary>What was read, so that the live page begins with what was prerendered.</summary>
    [PersistentState] public PageDetail? Shown { get; set; }

    protected override IReadOnlyList<string> Topics { get; } = ["pages"];

    /// <summary>The next call comes nearer without a notice.</summary>
    protected override TimeSpan? AtLeastEvery { get; } = TimeSpan.FromSeconds(15);

    private static IReadOnlyList<Crumb> Way => [new("Pages", Routes.Pages)];

    protected override async Task OnParametersSetAsync()
    {
        if (Shown?.Number != Number)
            await ReadAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var outcome = await Get.HandleAsync(new GetPage(Number), actor, Left);
        (Shown, refusal) = (outcome.Value, outcome.Refusal);
    }

    private Task TakeAsync() => DoAsync(async actor => (await Acknowledge.HandleAsync(new AcknowledgePage(Number), actor, Left)).Refusal);

    private Task EndAsync() => DoAsync(async actor => (await Resolve.HandleAsync(new ResolvePage(Number, note), actor, Left)).Refusal);

    private async Task DoAsync(Func<Actor, Task<Refusal?>> change)
    {
        busy = true;
        trouble = await change(await Current.GetAsync(Left));
        busy = false;
        if (trouble is null)
            ending = false;
        await ReadAsync();
    }
}
