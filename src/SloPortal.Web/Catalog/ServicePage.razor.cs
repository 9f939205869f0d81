using Microsoft.AspNetCore.Components;
using SloPortal.Application.Catalog;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Catalog;

/// <summary>One service: what it is, who runs it, and what other areas know of it.</summary>
public sealed partial class ServicePage
{
    private static readonly IReadOnlyList<Crumb> Way = [new("Services", Routes.Services)];

    private Refusal? refusal;
    private string? trouble;
    private bool busy;

    [Inject]
    private GetService.Handler Get { get; set; } = default!;

    [Inject]
    private ArchiveService.Handler Archive { get; set; } = default!;

    [Inject]
    private RestoreService.Handler Restore { get; set; } = default!;

    [Inject]
    private IEnumerable<ServicePart> KnownParts { get; set; } = default!;

    [Parameter]
    public string Slug { get; set; } = "";

    [PersistentState]
    public ServiceDetails? Service { get; set; }

    protected override IReadOnlyList<string> Topics { get; } = ["services"];

    private IEnumerable<ServicePart> Parts => KnownParts.OrderBy(p => p.Order);

    private Dictionary<string, object?> PartParameters => new() { ["Service"] = Service };

    protected override async Task OnParametersSetAsync()
    {
        if (Service?.Slug != Slug)
            await ReadAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var asked = Slug;
        var outcome = await Get.HandleAsync(new GetService(asked), actor, Left);
        if (asked == Slug)
            (Service, refusal) = (outcome.Value, outcome.Refusal);
    }

    private Task ArchiveAsync() => DoAsync(actor => Archive.HandleAsync(new ArchiveService(Slug), actor, Left));

    private Task RestoreAsync() => DoAsync(actor => Restore.HandleAsync(new RestoreService(Slug), actor, Left));

    private async Task DoAsync(Func<Actor, Task<Outcome<Done>>> change)
    {
        busy = true;
        trouble = (await change(await Current.GetAsync(Left))).Refusal?.Message;
        if (trouble is null)
            await ReadAsync();
        busy = false;
    }
}
