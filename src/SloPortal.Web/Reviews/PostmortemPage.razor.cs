using Microsoft.AspNetCore.Components;
using SloPortal.Application.Reviews.Approval;
using SloPortal.Application.Reviews.Writing;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Reviews.Writing;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Reviews;

/// <summary>A postmortem as it is read: facts, text, factors, and what people say about it.</summary>
public sealed partial class PostmortemPage
{
    // Not kept from the prerendering: a text may be longer than what a browser may send back.
    private PostmortemDetail? shown;
    private MarkupString html;
    private ElementReference reasonInput;
    private Refusal? refusal;
    private Refusal? trouble;
    private Deed? deed;
    private string reason = "";
    private bool busy;
    private bool justBegun;

    private enum Deed
    {
        Submit,
        Approve,
        AskForChanges,
        Publish,
        TakeBack,
    }

    private sealed record Step(PostmortemState State, string Who, DateTimeOffset? At);

    [Inject] private GetPostmortem.Handler Get { get; set; } = default!;
    [Inject] private SubmitForReview.Handler Submit { get; set; } = default!;
    [Inject] private ApprovePostmortem.Handler Approve { get; set; } = default!;
    [Inject] private AskForChanges.Handler Ask { get; set; } = default!;
    [Inject] private PublishPostmortem.Handler Publish { get; set; } = default!;
    [Inject] private TakeBack.Handler Take { get; set; } = default!;

    [Parameter] public int Number { get; set; }

    /// <summary>Of incidents too: one may become restricted.</summary>
    protected override IReadOnlyList<string> Topics => shown is null ? [] : [$"postmortem/{shown.Id}", "actions", "incidents"];

    private static IReadOnlyList<Crumb> Way => [new("Reviews", Routes.Reviews)];

    private string Standing => shown!.State switch
    {
        PostmortemState.Draft when shown.Comments.Any(c => c.SettledAt is null) => "It is being written; comments wait for an answer.",
        PostmortemState.Draft => "It is being written.",
        PostmortemState.InReview when shown.May.Approve => "It waits for somebody who did not write it. You can approve it.",
        PostmortemState.InReview => "It waits for somebody who did not write it.",
        PostmortemState.Approved => "It is approved and can be published.",
        PostmortemState.Published => "It stands in the archive.",
        _ => throw new InvalidOperationException(),
    };

    private IReadOnlyList<Step> Steps =>
    [
        new(PostmortemState.Draft, $"begun by {(shown!.Writers is [var first, ..] ? first : "SloPortal")},", shown.CreatedAt),
        new(PostmortemState.InReview, shown.SubmittedAt is null ? "" : "since", shown.SubmittedAt),
        new(PostmortemState.Approved, shown.ApprovedBy is { } by ? $"by {by}," : "by somebody who did not write it", shown.ApprovedAt),
        new(PostmortemState.Published, "", shown.PublishedAt),
    ];

    private string? Lasted => shown is { StartedAt: { } start, EndedAt: { } end } ? HumanDuration.Text(end - start) : null;

    private string? Between => (shown!.StartedAt, shown.EndedAt) switch
    {
        ({ } start, { } end) => $"{RelativeTime.Utc(start)} to {RelativeTime.Utc(end)}",
        ({ } start, null) => $"since {RelativeTime.Utc(start)}",
        _ => null,
    };

    protected override async Task OnParametersSetAsync()
    {
        if (shown?.Number != Number)
            await ReadAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var asked = Number;
        var outcome = await Get.HandleAsync(new GetPostmortem(asked), actor, Left);
        if (asked != Number)
            return;
        if (outcome.Value is { } read && read.Body != shown?.Body)
            html = ReviewWords.Html(read.Body, read.Attachments);
        (shown, refusal) = (outcome.Value, outcome.Refusal);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!justBegun)
            return;
        justBegun = false;
        if (deed is Deed.AskForChanges or Deed.TakeBack)
            await reasonInput.FocusAsync();
    }

    private void Begin(Deed what) => (deed, reason, trouble, justBegun) = (what, "", null, true);

    private async Task DoAsync(Deed what)
    {
        busy = true;
        var actor = await Current.GetAsync(Left);
        trouble = what switch
        {
            Deed.Submit => (await Submit.HandleAsync(new SubmitForReview(Number), actor, Left)).Refusal,
            Deed.Approve => (await Approve.HandleAsync(new ApprovePostmortem(Number, shown!.Revision), actor, Left)).Refusal,
            Deed.AskForChanges => (await Ask.HandleAsync(new AskForChanges(Number, reason), actor, Left)).Refusal,
            Deed.Publish => (await Publish.HandleAsync(new PublishPostmortem(Number), actor, Left)).Refusal,
            Deed.TakeBack => (await Take.HandleAsync(new TakeBack(Number, reason), actor, Left)).Refusal,
            _ => throw new ArgumentOutOfRangeException(nameof(what), what, null),
        };
        busy = false;
        if (trouble is not null)
            return;
        deed = null;
        await ReadAsync();
    }

    private static string Verb(Deed what) => what switch
    {
        Deed.Approve => "Approve this revision",
        Deed.AskForChanges => "Send it back",
        Deed.TakeBack => "Take it back to draft",
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, null),
    };
}
