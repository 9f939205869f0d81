using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using SloPortal.Application.Common;
using SloPortal.Application.Reviews.Revisions;
using SloPortal.Application.Reviews.Writing;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Reviews.Writing;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Reviews.Writing;

/// <summary>
/// Writing a postmortem. The text stays in the browser (js/editor.js) and is fetched as a stream, so that neither its length nor a
/// lost connection can take the page down; what others save is merged into it while it is written.
/// </summary>
public sealed partial class EditPostmortemPage : IAsyncDisposable
{
    /// <summary>A text as JSON: escapes may make it longer than it is.</summary>
    private const long MostStreamed = 8L * TextRules.MostBytes;

    private PostmortemDetail? shown;
    private PostmortemText? initial;
    private MarkupString preview;
    private ElementReference editor;
    private IJSObjectReference? module;
    private IJSObjectReference? handle;
    private DotNetObjectReference<EditPostmortemPage>? self;
    private Refusal? refusal;
    private Refusal? trouble;
    private EditConflict? conflict;
    private DateTimeOffset? restoredFrom;
    private string? mergedWith;
    private int baseRevision;
    private long tooLong;
    private bool changed;
    private bool busy;

    private sealed record Restored(int Base, DateTimeOffset At);

    [Inject] private GetPostmortem.Handler Get { get; set; } = default!;
    [Inject] private SavePostmortem.Handler Save { get; set; } = default!;
    [Inject] private CatchUpPostmortem.Handler CatchUp { get; set; } = default!;
    [Inject] private IJSRuntime Js { get; set; } = default!;

    [Parameter] public int Number { get; set; }

    [SupplyParameterFromQuery] private string? Part { get; set; }
    [SupplyParameterFromQuery] private string? Side { get; set; }

    protected override IReadOnlyList<string> Topics => shown is null ? [] : [$"postmortem/{shown.Id}"];

    private bool ShowsFacts => Part == "facts";

    private string View => Side == "read" ? "read" : "write";

    private IReadOnlyList<Crumb> Way => [new("Reviews", Routes.Reviews), new(Postmortem.CodeOf(Number), Routes.Review(Number))];

    private IReadOnlyList<Segment> Parts => [new("Text", Routes.EditReview(Number), !ShowsFacts), new("Facts and factors", Routes.EditReviewFacts(Number), ShowsFacts)];

    private IReadOnlyList<Segment> Sides =>
        [new("Write", Routes.EditReview(Number), View == "write"), new("As it is read", $"{Routes.EditReview(Number)}?side=read", View == "read")];

    private string Status => (conflict, tooLong, busy, changed, mergedWith) switch
    {
        ({ } both, _, _, _, _) => $"{both.By} changed the same lines. Both texts are below; nothing is lost.",
        (_, > 0, _, _, _) => "Too long to be saved.",
        (_, _, true, _, _) => "Saving.",
        (_, _, _, true, { } by) => $"Not saved yet. What {by} saved is merged into your text.",
        (_, _, _, true, _) => "Not saved yet; kept in this browser.",
        (_, _, _, _, { } by) => $"Saved as revision {baseRevision}, with what {by} saved.",
        _ => baseRevision == 0 ? "" : $"Saved as revision {baseRevision}.",
    };

    private string ClosedWhy => shown!.State is PostmortemState.Approved or PostmortemState.Published
        ? "What was approved does not change. Take it back to draft first."
        : "Your role reads only. An administrator can give you another role.";

    protected override async Task OnParametersSetAsync()
    {
        if (shown?.Number != Number)
            await ReadAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var outcome = await Get.HandleAsync(new GetPostmortem(Number), actor, Left);
        (shown, refusal) = (outcome.Value, outcome.Refusal);
        if (shown is null)
            return;
        if (initial is null && shown.May.Write)
        {
            initial = new PostmortemText(shown.Title, shown.Summary, shown.Body);
            baseRevision = shown.Revision;
            preview = ReviewWords.Html(shown.Body, shown.Attachments);
        }
        else if (handle is not null && shown.Revision != baseRevision && conflict is null)
        {
            await CatchUpAsync(actor);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        await base.OnAfterRenderAsync(firstRender);
        if (handle is not null || initial is null || self is not null)
            return;
        self = DotNetObjectReference.Create(this);
        module = await Js.InvokeAsync<IJSObjectReference>("import", Left, "./js/editor.js");
        var actor = await Current.GetAsync(Left);
        handle = await module.InvokeAsync<IJSObjectReference>("start", Left, editor, self, $"sloportal.draft.{actor.PersonId}.{shown!.Id}", TextRules.MostBytes);
        if (await module.InvokeAsync<Restored?>("restore", Left, handle, baseRevision) is { } restored)
        {
            (restoredFrom, changed, baseRevision) = (restored.At, true, restored.Base);
            await CatchUpAsync(actor);
        }
        await ArriveAsync();
        StateHasChanged();
    }

    /// <summary>Somebody typed and paused.</summary>
    /// <param name="bytes">How long the text is, where it is too long; otherwise 0.</param>
    [JSInvokable("OnTyped")]
    public async Task OnTypedAsync(long bytes)
    {
        (tooLong, changed, mergedWith) = (bytes, true, null);
        if (bytes == 0 && await TextAsync() is { } text)
        {
            changed = baseRevision != shown!.Revision || text != new PostmortemText(shown.Title, shown.Summary, shown.Body);
            preview = ReviewWords.Html(text.Body, shown.Attachments);
        }
        StateHasChanged();
    }

    [JSInvokable("OnSave")]
    public async Task OnSaveAsync()
    {
        if (busy || conflict is not null || await TextAsync() is not { } text)
            return;
        await SaveAsync(text);
        StateHasChanged();
    }

    public async ValueTask DisposeAsync()
    {
        Dispose();
        await LeaveAsync();
        self?.Dispose();
        try
        {
            if (handle is not null && module is not null)
            {
                await module.InvokeVoidAsync("dispose", handle);
                await handle.DisposeAsync();
                await module.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser has gone; what was not saved is kept in it.
        }
    }

    private async Task SaveAsync(PostmortemText text)
    {
        busy = true;
        var saved = await Save.HandleAsync(new SavePostmortem(Number, baseRevision, text.Title, text.Summary, text.Body), await Current.GetAsync(Left), Left);
        busy = false;
        trouble = saved.Refusal;
        if (saved.Succeeded)
            await TakeAsync(saved.Value, isSaved: true);
    }

    private async Task CatchUpAsync(Actor actor)
    {
        if (await TextAsync() is not { } text)
            return;
        var merged = await CatchUp.HandleAsync(new CatchUpPostmortem(Number, baseRevision, text.Title, text.Summary, text.Body), actor, Left);
        // Lines that both changed wait until the writer saves: nobody is interrupted in a sentence.
        if (merged is { Succeeded: true, Value.Conflict: null })
            await TakeAsync(merged.Value, isSaved: merged.Value.Text == new PostmortemText(shown!.Title, shown.Summary, shown.Body));
    }

    private async Task TakeAsync(SavedPostmortem taken, bool isSaved)
    {
        conflict = taken.Conflict;
        if (conflict is not null)
            return;
        var next = new { taken.Text.Title, taken.Text.Summary, taken.Text.Body };
        if (!await module!.InvokeAsync<bool>("put", Left, handle, next, taken.Revision, isSaved))
            return;
        (baseRevision, mergedWith, changed) = (taken.Revision, taken.MergedWith, !isSaved);
        if (isSaved)
            restoredFrom = null;
        preview = ReviewWords.Html(taken.Text.Body, shown!.Attachments);
    }

    private async Task ResolveAsync(PostmortemText resolved)
    {
        baseRevision = conflict!.Revision;
        conflict = null;
        await SaveAsync(resolved);
    }

    private async Task DiscardAsync()
    {
        await module!.InvokeVoidAsync("discard", Left, handle);
        tooLong = 0;
        await TakeAsync(new SavedPostmortem(shown!.Revision, new PostmortemText(shown.Title, shown.Summary, shown.Body), null, null), isSaved: true);
    }

    /// <summary>What stands in the fields; null where it is too long or the browser has gone.</summary>
    private async Task<PostmortemText?> TextAsync()
    {
        if (module is null || handle is null)
            return null;
        await using var stream = await module.InvokeAsync<IJSStreamReference>("text", Left, handle);
        if (stream.Length == 0)
            return null;
        await using var bytes = await stream.OpenReadStreamAsync(MostStreamed, Left);
        return await JsonSerializer.DeserializeAsync<PostmortemText>(bytes, PortalJson.Options, Left);
    }
}
