using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using SloPortal.Application.Incidents.Timeline.Exchange;
using SloPortal.Domain.Common;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Incidents.Timeline.Exchange;

/// <summary>A CSV or JSON becomes entries, confirmed by whoever brings it.</summary>
public sealed partial class EntryFileForm
{
    /// <summary>Rows that are drawn; all that are taken are added.</summary>
    private const int Shown = 100;

    private List<Row> rows = [];
    private IReadOnlyList<FileRest> rest = [];
    private IBrowserFile? file;
    private Refusal? refusal;
    private string? source;
    private int? added;
    private bool confirmed;
    private bool busy;

    [Inject] private ReadEntries.Handler Read { get; set; } = default!;
    [Inject] private ImportEntries.Handler Import { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

    [Parameter, EditorRequired] public int Incident { get; set; }
    [Parameter] public EventCallback Closed { get; set; }
    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    private int Taken => rows.Count(r => r.Taken);

    private string Sentence
    {
        get
        {
            var known = rows.Count(r => r.Proposal.Known);
            return $"{rows.Count} {(rows.Count == 1 ? "entry was" : "entries were")} read{(known > 0 ? $", {known} of them in the timeline already" : "")}{(rows.Count > Shown ? $"; the first {Shown} are shown" : "")}.";
        }
    }

    private async Task ReadAsync()
    {
        if (file is null)
            return;
        (busy, added, confirmed, rows, rest) = (true, null, false, [], []);
        if (file.Size > 4L * ReadEntries.LongestText)
        {
            refusal = Refusal.Invalid("Text", $"This has {file.Size >> 20} MB, which is more than a timeline. Bring it in parts, or attach it.");
        }
        else
        {
            using var reader = new StreamReader(file.OpenReadStream(4L * ReadEntries.LongestText));
            var outcome = await Read.HandleAsync(new ReadEntries(Incident, await reader.ReadToEndAsync(), source ?? "", Zone.Id), await Current.GetAsync(), default).OrUnanswered();
            refusal = outcome.Refusal ?? (outcome.Value is { Entries.Count: 0, Rest.Count: 0 } ? Refusal.Invalid("Text", "The file has a header and no entry.") : null);
            rows = [.. (outcome.Value?.Entries ?? []).Select(e => new Row(e))];
            rest = outcome.Value?.Rest ?? [];
        }
        busy = false;
    }

    private async Task ImportAsync()
    {
        busy = true;
        var taken = rows.Where(r => r.Taken).Select(r => new ConfirmedEntry(r.Proposal.At, r.Proposal.Author, r.Proposal.Text, r.Proposal.Kind)).ToList();
        var outcome = await Import.HandleAsync(new ImportEntries(Incident, source ?? "", taken, confirmed), await Current.GetAsync(), default);
        refusal = outcome.Refusal;
        busy = false;
        if (outcome.Succeeded)
            (added, rows) = (outcome.Value, []);
    }

    private sealed class Row(EntryProposal proposal)
    {
        public EntryProposal Proposal => proposal;

        public bool Taken { get; set; } = !proposal.Known;
    }
}
