using System.Globalization;
using Microsoft.AspNetCore.Components;
using SloPortal.Application.Governance.Retention;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Web.Governance.Retention;

/// <summary>The rules of retention with what binds them, legal holds, and receipts.</summary>
public sealed partial class RetentionPage
{
    private RetentionView? view;
    private RetentionRow? editing;
    private PurgePreview? preview;
    private Refusal? refusal;
    private Refusal? trouble;
    private string? days;
    private string? reason;
    private bool busy;

    [Inject] private GetRetention.Handler Get { get; set; } = default!;
    [Inject] private ChangeRetention.Handler Change { get; set; } = default!;
    [Inject] private PreviewPurge.Handler Preview { get; set; } = default!;

    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    protected override IReadOnlyList<string> Topics { get; } = ["retention"];

    protected override Task OnInitializedAsync() => ReadAsync();

    protected override async Task ReadAsync(Actor actor)
    {
        var outcome = await Get.HandleAsync(new GetRetention(), actor, Left);
        (view, refusal) = (outcome.Value, outcome.Refusal);
    }

    private void Edit(RetentionRow row) =>
        (editing, days, reason, preview, trouble) = (row, row.Days?.ToString(CultureInfo.InvariantCulture) ?? "", "", null, null);

    private bool TryReadDays(out int? read)
    {
        read = null;
        trouble = null;
        if (string.IsNullOrWhiteSpace(days))
            return true;
        if (int.TryParse(days, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number))
        {
            read = number;
            return true;
        }
        trouble = Refusal.Invalid(nameof(ChangeRetention.Days), "Give a whole number of days, from 1 to 36,500.");
        return false;
    }

    private async Task PreviewAsync()
    {
        preview = null;
        if (!TryReadDays(out var asked))
            return;
        if (asked is not { } number)
        {
            trouble = Refusal.Invalid(nameof(ChangeRetention.Days), "What is kept for good loses nothing; give a number of days to see what would go.");
            return;
        }
        busy = true;
        var outcome = await Preview.HandleAsync(new PreviewPurge(editing!.Kind, number), await Current.GetAsync(Left), Left);
        (preview, trouble, busy) = (outcome.Value, outcome.Refusal, false);
    }

    private async Task SaveAsync()
    {
        if (busy || !TryReadDays(out var asked))
            return;
        busy = true;
        trouble = (await Change.HandleAsync(new ChangeRetention(editing!.Kind, asked, reason ?? "", editing.Version ?? 0), await Current.GetAsync(Left), Left)).Refusal;
        busy = false;
        if (trouble is not null)
            return;
        editing = null;
        await ReadAsync();
    }
}
