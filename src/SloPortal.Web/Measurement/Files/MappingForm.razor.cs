using Microsoft.AspNetCore.Components;
using SloPortal.Application.Measurement.Files;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Files;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Measurement.Files;

/// <summary>What the columns of a file mean: guessed at first, and shown on its first rows with every change.</summary>
public sealed partial class MappingForm : IDisposable
{
    private const string end = "end";
    private static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(300);

    private readonly MappingInput input = new();
    private readonly CancellationTokenSource left = new();
    private CancellationTokenSource? reading;
    private RowPreview? preview;
    private string? source;
    private string? trouble;
    private Refusal? refusal;
    private bool previewing;
    private bool busy;

    [Inject] private PreviewRows.Handler Preview { get; set; } = default!;
    [Inject] private StartFileRun.Handler Start { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

    [Parameter, EditorRequired] public FileRunDetails Run { get; set; } = default!;

    /// <summary>The rows are being counted.</summary>
    [Parameter] public EventCallback Started { get; set; }

    /// <summary>What is wrong with the mapping, for the fields that it concerns.</summary>
    private Refusal? Problems => preview is { Problems.Count: > 0 } ? new Refusal(RefusalKind.Invalid, "", preview.Problems) : null;

    private string Known => KnownPatterns.All.FirstOrDefault(k => k.Pattern == input.Pattern)?.Name ?? "";

    private string Part => input.Good.Length > 0 ? $"+{input.Good}" : input.Bad.Length > 0 ? $"-{input.Bad}" : "";

    private string ValueLabel => input.Test switch
    {
        GoodTest.OneOf => "Good values, separated by commas",
        GoodTest.Matches => "Pattern of the whole value",
        GoodTest.StatusClasses => "Good classes, separated by commas",
        _ => "Bound, in the unit of the file",
    };

    protected override async Task OnInitializedAsync()
    {
        source = $"{Run.ServiceName}: {Run.Sli}, {Run.Row.Name}";
        source = source.Length <= 100 ? source : source[..100];
        await ReadAsync(null, false, left.Token);
        if (preview is not null)
            input.Take(preview.Mapping);
    }

    public void Dispose()
    {
        left.Cancel();
        reading?.Dispose();
        left.Dispose();
    }

    private async Task ReadAsync(RowMapping? mapping, bool fillGaps, CancellationToken ct)
    {
        previewing = true;
        var outcome = await Preview.HandleAsync(new PreviewRows(Run.Row.Id, mapping, fillGaps), await Current.GetAsync(ct), ct).OrUnanswered();
        ct.ThrowIfCancellationRequested();
        (preview, trouble, previewing) = (outcome.Value ?? preview, outcome.Refusal?.Message, false);
    }

    /// <summary>Reads the rows anew, a moment after the last key; an older reading is given up.</summary>
    /// <param name="change">What changes.</param>
    /// <param name="columnsChange">Other columns come of it, so what was chosen among the old ones is guessed again.</param>
    private async Task ChangeAsync(Action change, bool columnsChange = false)
    {
        change();
        refusal = null;
        reading?.Cancel();
        reading?.Dispose();
        reading = CancellationTokenSource.CreateLinkedTokenSource(left.Token);
        var ct = reading.Token;
        try
        {
            await Task.Delay(TypingPause, Clock, ct);
            await ReadAsync(input.ToMapping(), columnsChange, ct);
            if (columnsChange && preview is { Columns.Count: > 0 })
                input.Take(preview.Mapping);
        }
        catch (OperationCanceledException)
        {
            // A later change counts, or the page is left.
        }
    }

    private Task FormatAsync(RowFormat format) => ChangeAsync(() =>
    {
        input.Format = format;
        if (format == RowFormat.Lines && input.Pattern.Length == 0)
            input.Pattern = KnownPatterns.All[0].Pattern;
    }, true);

    private Task KnownAsync(string name) => ChangeAsync(() =>
    {
        if (KnownPatterns.All.FirstOrDefault(k => k.Name == name) is { } known)
            (input.Pattern, input.TimeColumn) = (known.Pattern, "");
        else
            input.Pattern = "(?<time>\\S+) (?<status>\\S+)";
    }, true);

    private Task TestAsync(GoodTest test) => ChangeAsync(() =>
    {
        input.Test = test;
        if (test == GoodTest.StatusClasses)
            input.Value = "1xx, 2xx, 3xx, 4xx";
    });

    private Task PartAsync(string part) => ChangeAsync(() => (input.Good, input.Bad) = part switch
    {
        ['+', .. var good] => (good, ""),
        ['-', .. var bad] => ("", bad),
        _ => ("", ""),
    });

    private async Task StartAsync()
    {
        if (busy || preview is not { Problems.Count: 0 })
            return;
        busy = true;
        var outcome = await Start.HandleAsync(new StartFileRun(Run.Row.Id, input.ToMapping(), Run.SourceId is null ? source : null), await Current.GetAsync(left.Token), left.Token);
        (refusal, busy) = (outcome.Refusal, false);
        if (outcome.Succeeded)
            await Started.InvokeAsync();
    }

    private string? Invalid(string field) => preview?.Problems.ContainsKey(field) == true ? "true" : null;

    private static string Pressed(bool pressed) => pressed ? "true" : "false";

    private static string Text(ChangeEventArgs change) => change.Value?.ToString() ?? "";

    private RenderFragment Columns(string chosen) => builder =>
    {
        IEnumerable<string> names = preview!.Columns.Contains(chosen) || chosen.Length == 0 ? preview.Columns : preview.Columns.Prepend(chosen);
        foreach (var name in names.Prepend(""))
        {
            builder.OpenElement(0, "option");
            builder.AddAttribute(1, "value", name);
            builder.AddContent(2, name.Length == 0 ? "Choose a column" : name);
            builder.CloseElement();
        }
    };
}
