using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;
using SloPortal.Application.Access;
using SloPortal.Application.Objectives.AsCode.Importing;
using SloPortal.Application.Objectives.AsCode.OpenSlo;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Web.Access;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Objectives.AsCode;

/// <summary>Choose or paste files, see the difference, then apply it.</summary>
public sealed partial class ImportObjectivesPage : IDisposable
{
    private const int MostShown = 200;

    private readonly CancellationTokenSource left = new();
    private IReadOnlyList<CodeSource> files = [];
    private CodeReport? report;
    private ImportObjectives? compared;
    private Refusal? refusal;
    private Refusal? denied;
    private string text = "";
    private string team = "";
    private string source = "";
    private string owner = "";
    private string stakeholder = "";
    private bool managed;
    private bool busy;

    [Inject] private ImportObjectives.Handler Import { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;

    private static IReadOnlyList<Crumb> Crumbs => [new("Objectives", Routes.Objectives)];

    private bool MayApply => report is { Applied: false, IsRefused: false, ChangesSomething: true } && compared is not null;

    protected override async Task OnInitializedAsync()
    {
        var actor = await Current.GetAsync(left.Token);
        denied = actor.May(Permission.OwnServices) ? null : Denial.Of(actor, Permission.OwnServices);
    }

    public void Dispose()
    {
        left.Cancel();
        left.Dispose();
    }

    private async Task ChooseAsync(InputFileChangeEventArgs change)
    {
        (report, refusal, files) = (null, null, []);
        if (change.FileCount > ImportObjectives.MostFiles)
        {
            refusal = Refusal.Invalid($"At most {ImportObjectives.MostFiles} files at a time.");
            return;
        }
        busy = true;
        try
        {
            var read = await CodeUpload.ReadAsync(change.GetMultipleFiles(ImportObjectives.MostFiles), left.Token);
            (refusal, files) = (read.Refusal, read.Value ?? []);
        }
        catch (Exception e) when (e is IOException or JSException)
        {
            refusal = Refusal.Invalid("The files could not be read to their end: they changed, or the connection was lost. Choose them again.");
        }
        finally
        {
            busy = false;
        }
        if (files.Count > 0)
            await CompareAsync();
    }

    private Task CompareAsync()
    {
        IReadOnlyList<CodeSource> all = string.IsNullOrWhiteSpace(text) ? files : [.. files, new CodeSource("pasted.yaml", text)];
        compared = new ImportObjectives(all, DryRun: true, managed, Given(team), Given(source), Given(owner), Given(stakeholder));
        return RunAsync(compared);
    }

    /// <summary>Applies what was shown, not what was typed since.</summary>
    private Task ApplyAsync() => MayApply ? RunAsync(compared! with { DryRun = false }) : Task.CompletedTask;

    private async Task RunAsync(ImportObjectives import)
    {
        if (busy)
            return;
        busy = true;
        try
        {
            var outcome = await Import.HandleAsync(import, await Current.GetAsync(left.Token), left.Token);
            (refusal, report) = (outcome.Refusal, outcome.Value);
        }
        finally
        {
            busy = false;
        }
    }

    private static string? Given(string typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();
}
