using Microsoft.AspNetCore.Components;
using SloPortal.Application.Reviews.Archive;
using SloPortal.Application.Reviews.Archive.Exporting;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Reviews.Archive;

namespace SloPortal.Web.Reviews.Archive;

/// <summary>Signed copies of the archive: asking for one, watching it grow, fetching it. The selection comes in the address from the archive.</summary>
public sealed partial class ExportsPage
{
    private Refusal? refusal;
    private Refusal? trouble;
    private bool busy;

    [Inject] private ListExports.Handler List { get; set; } = default!;
    [Inject] private RequestExport.Handler Request { get; set; } = default!;
    [Inject] private GetArchiveKey.Handler GetKey { get; set; } = default!;

    /// <summary>The one that a notice led to.</summary>
    [Parameter] public Guid? Id { get; set; }

    [SupplyParameterFromQuery] private string? Q { get; set; }
    [SupplyParameterFromQuery] private string[]? Service { get; set; }
    [SupplyParameterFromQuery] private string[]? Severity { get; set; }
    [SupplyParameterFromQuery] private string[]? Factor { get; set; }
    [SupplyParameterFromQuery] private string? From { get; set; }
    [SupplyParameterFromQuery] private string? To { get; set; }

    [PersistentState] public IReadOnlyList<ExportRow>? Rows { get; set; }

    [PersistentState] public ArchivePublicKey? Key { get; set; }

    protected override IReadOnlyList<string> Topics { get; } = ["exports/"];

    private ArchiveFilter Filter => ReviewsAddress.Of(null, Q, Service, Severity, Factor, From, To, 1).ToFilter();

    private string Selection => ArchiveWords.Of(Filter);

    private string Standing => Rows switch
    {
        null => "Reading your exports.",
        var rows when rows.FirstOrDefault(r => r.State is ExportState.Waiting or ExportState.Running) is { } running => $"One is being made: {ExportText.Progress(running)}. You can leave; a notice tells when it is ready.",
        { Count: 0 } => "Signed copies of the published postmortems, for whoever must be able to trust them elsewhere.",
        var rows => $"{rows.Count(r => r.KeptUntil is not null)} ready to download.",
    };

    protected override async Task OnInitializedAsync()
    {
        if (Rows is null)
            await ReadAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var found = await List.HandleAsync(new ListExports(), actor, Left);
        (Rows, refusal) = (found.Value ?? Rows, found.Refusal);
        if (refusal is null)
            Key ??= (await GetKey.HandleAsync(new GetArchiveKey(), actor, Left)).Value;
    }

    private async Task RequestAsync()
    {
        busy = true;
        var outcome = await Request.HandleAsync(new RequestExport(Filter), await Current.GetAsync(Left), Left);
        busy = false;
        trouble = outcome.Refusal;
        if (outcome.Succeeded)
            await ReadAsync();
    }
}
