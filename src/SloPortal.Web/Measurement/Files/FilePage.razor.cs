using Microsoft.AspNetCore.Components;
using SloPortal.Application.Common;
using SloPortal.Application.Measurement.Files;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Measurement.Files;

/// <summary>One file: first what its columns mean, then what became of its rows.</summary>
public sealed partial class FilePage
{
    private Refusal? refusal;

    [Inject] private GetFileRun.Handler Get { get; set; } = default!;

    [Inject] private ListRefusedRows.Handler List { get; set; } = default!;

    [Parameter] public Guid Id { get; set; }

    [SupplyParameterFromQuery(Name = "page")] public int? AskedPage { get; set; }

    private FileRunDetails? Run { get; set; }

    private Page<RefusedLine>? Refused { get; set; }

    /// <summary>Each stored piece wakes the pages that watch samples.</summary>
    protected override IReadOnlyList<string> Topics => Run is { Row: var row } && !FileWords.IsOver(row) ? ["sources", "samples"] : ["sources"];

    private IReadOnlyList<Crumb> Way => Run?.SourceId is { } id && Run.Source is { } name ? [new("Sources", Routes.Sources), new(name, Routes.Source(id))] : [new("Sources", Routes.Sources)];

    protected override Task OnParametersSetAsync() => ReadAsync();

    protected override async Task ReadAsync(Actor actor)
    {
        var asked = (Id, AskedPage);
        var outcome = await Get.HandleAsync(new GetFileRun(Id), actor, Left);
        var refused = outcome.Value is { MayFeed: true, Row.Refused: > 0 } ? (await List.HandleAsync(new ListRefusedRows(Id, AskedPage ?? 1), actor, Left)).Value : null;
        if (asked == (Id, AskedPage))
            (Run, Refused, refusal) = (outcome.Value ?? Run, refused, outcome.Refusal);
    }
}
