using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Timeline;
using SloPortal.Web.Access;
using SloPortal.Web.Common;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents.Timeline;

/// <summary>A pasted chat becomes entries, each confirmed by whoever pastes it.</summary>
public sealed partial class ChatPaste
{
    /// <summary>Bytes that are fetched from the browser; what is longer is refused with its reason by the operation, or here.</summary>
    private const long Most = 4 * ReadChat.LongestText;

    private List<Row> messages = [];
    private IReadOnlyList<ChatRest> rest = [];
    private ElementReference area;
    private Refusal? refusal;
    private string? from;
    private int? added;
    private bool confirmed;
    private bool busy;

    [Inject] private ReadChat.Handler Read { get; set; } = default!;
    [Inject] private ImportChat.Handler Import { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;
    [Inject] private IJSRuntime Js { get; set; } = default!;

    [Parameter, EditorRequired] public int Incident { get; set; }
    [Parameter] public EventCallback Closed { get; set; }
    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    private int Taken => messages.Count(m => m.Taken);

    private async Task ReadAsync()
    {
        (busy, added, confirmed) = (true, null, false);
        await using var module = await Js.InvokeAsync<IJSObjectReference>("import", "./js/timeline-line.js");
        // As a stream: a message of the page's connection would be too small for it.
        await using var reference = await module.InvokeAsync<IJSStreamReference>("textOf", area);
        if (reference.Length > Most)
        {
            refusal = Refusal.Invalid($"This has {reference.Length >> 20} MB, which is more than a chat. Paste it in parts, or attach it as a text file.");
        }
        else
        {
            using var reader = new StreamReader(await reference.OpenReadStreamAsync(Most));
            var outcome = await Read.HandleAsync(new ReadChat(Incident, await reader.ReadToEndAsync(), Zone.Id), await Current.GetAsync(), default).OrUnanswered();
            refusal = outcome.Refusal ?? (outcome.Value is { Messages.Count: 0, Rest.Count: 0 } ? Refusal.Invalid("Paste the chat first.") : null);
            messages = [.. (outcome.Value?.Messages ?? []).Select(m => new Row(m, Zone))];
            rest = outcome.Value?.Rest ?? [];
        }
        busy = false;
    }

    private async Task ImportAsync()
    {
        busy = true;
        var taken = messages.Where(m => m.Taken).Select(m => new ConfirmedMessage(m.At(Zone), m.Proposal.Author, m.Proposal.Text)).ToList();
        var outcome = await Import.HandleAsync(new ImportChat(Incident, taken, confirmed, from), await Current.GetAsync(), default);
        refusal = outcome.Refusal;
        busy = false;
        if (!outcome.Succeeded)
            return;
        (added, messages) = (outcome.Value, []);
        await using var module = await Js.InvokeAsync<IJSObjectReference>("import", "./js/timeline-line.js");
        await module.InvokeVoidAsync("setText", area, string.Join("\n\n", rest.Select(r => r.Text)));
    }

    private sealed class Row(ChatProposal proposal, TimeZoneInfo zone)
    {
        private readonly DateTime shown = ReaderZone.Wall(proposal.At, zone);

        public ChatProposal Proposal => proposal;

        public bool Taken { get; set; } = !proposal.Known;

        public DateTime Wall { get; set; } = ReaderZone.Wall(proposal.At, zone);

        /// <summary>As read, to the microsecond, unless somebody corrected it.</summary>
        public DateTimeOffset At(TimeZoneInfo zone) => Wall == shown ? proposal.At : ReaderZone.Instant(Wall, zone);
    }
}
