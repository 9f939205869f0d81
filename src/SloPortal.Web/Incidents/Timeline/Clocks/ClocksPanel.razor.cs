using Microsoft.AspNetCore.Components;
using SloPortal.Application.Incidents;
using SloPortal.Application.Incidents.Timeline.Clocks;
using SloPortal.Domain.Access;

namespace SloPortal.Web.Incidents.Timeline.Clocks;

/// <summary>The clocks by which a timeline is told, how far each is off, and who said so.</summary>
public sealed partial class ClocksPanel
{
    private IReadOnlyList<ClockRow>? clocks;
    private IReadOnlyList<string> topics = [];
    private string? setting;
    private bool mayWrite;
    private int read;

    [Inject] private ListClocks.Handler List { get; set; } = default!;
    [Inject] private GetIncident.Handler Get { get; set; } = default!;

    /// <summary>Number.</summary>
    [Parameter, EditorRequired] public int Incident { get; set; }

    protected override IReadOnlyList<string> Topics => topics;

    protected override TimeSpan AtMostEvery => TimeSpan.FromSeconds(5);

    protected override async Task OnParametersSetAsync()
    {
        if (read == Incident)
            return;
        read = Incident;
        var found = await Get.HandleAsync(new GetIncident(Incident), await Current.GetAsync(Left), Left);
        topics = found.Succeeded ? [$"incident/{found.Value.Id}"] : [];
        mayWrite = found is { Succeeded: true, Value.May.Write: true };
        await ReadAsync();
    }

    protected override async Task ReadAsync(Actor actor) => clocks = (await List.HandleAsync(new ListClocks(Incident), actor, Left)).Value;

    private async Task CloseAsync(bool changed)
    {
        setting = null;
        if (changed)
            await ReadAsync();
    }
}
