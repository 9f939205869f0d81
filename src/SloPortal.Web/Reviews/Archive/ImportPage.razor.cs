using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;
using SloPortal.Application.Access;
using SloPortal.Application.Reviews.Archive.Import;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Web.Access;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Reviews.Archive;

/// <summary>Choose files, see what would happen, then let it happen.</summary>
public sealed partial class ImportPage : IDisposable
{
    private const int MostShown = 200;

    private readonly CancellationTokenSource left = new();
    private IReadOnlyList<ImportedFile> files = [];
    private ImportReport? report;
    private Refusal? refusal;
    private Refusal? denied;
    private bool isPreview;
    private bool busy;

    [Inject] private ImportPostmortems.Handler Import { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;

    private static IReadOnlyList<Crumb> Crumbs => [new("Reviews", Routes.Reviews)];

    private IEnumerable<ImportLine> Ordered => report!.Files.OrderByDescending(f => f.Fate == ImportFate.Refused);

    protected override async Task OnInitializedAsync()
    {
        var actor = await Current.GetAsync(left.Token);
        denied = actor.May(Permission.Administer) ? null : Denial.Of(actor, Permission.Administer);
    }

    public void Dispose()
    {
        left.Cancel();
        left.Dispose();
    }

    private async Task ChooseAsync(InputFileChangeEventArgs change)
    {
        (report, refusal, files) = (null, null, []);
        if (change.FileCount > PostmortemUpload.MostChosen)
        {
            refusal = Refusal.Invalid(string.Create(CultureInfo.InvariantCulture, $"At most {PostmortemUpload.MostChosen:N0} files at a time. A zip holds more."));
            return;
        }
        busy = true;
        try
        {
            var read = await PostmortemUpload.ReadAsync(change.GetMultipleFiles(PostmortemUpload.MostChosen), left.Token);
            refusal = read.Refusal;
            if (!read.Succeeded)
                return;
            files = read.Value;
            await RunAsync(dryRun: true);
        }
        catch (Exception e) when (e is IOException or JSException)
        {
            refusal = Refusal.Invalid("The files could not be read to their end: they changed, or the connection was lost. Choose them again.");
        }
        finally
        {
            busy = false;
        }
    }

    private async Task ImportAsync()
    {
        if (busy || !isPreview || files.Count == 0)
            return;
        busy = true;
        try
        {
            await RunAsync(dryRun: false);
        }
        finally
        {
            busy = false;
        }
    }

    private async Task RunAsync(bool dryRun)
    {
        var outcome = await Import.HandleAsync(new ImportPostmortems(files, dryRun), await Current.GetAsync(left.Token), left.Token);
        refusal = outcome.Refusal;
        if (outcome.Succeeded)
            (report, isPreview) = (outcome.Value, dryRun);
    }

    private static int NumberOf(string code) => int.Parse(code.AsSpan(3), CultureInfo.InvariantCulture);

    private static Tone ToneOf(ImportFate fate) => fate switch
    {
        ImportFate.Imported => Tone.Good,
        ImportFate.WouldBeImported => Tone.Info,
        ImportFate.Known => Tone.Neutral,
        ImportFate.Refused => Tone.Bad,
        _ => throw new ArgumentOutOfRangeException(nameof(fate), fate, null),
    };
}
