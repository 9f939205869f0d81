using System.Globalization;
using Microsoft.AspNetCore.Components;
using SloPortal.Application.Common;
using SloPortal.Application.Reviews;
using SloPortal.Application.Reviews.Archive;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Reviews.Writing;
using SloPortal.Web.Access;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Reviews.Archive;

/// <summary>The archive of published postmortems, and what is being written. Everything that is asked for stands in the address.</summary>
public sealed partial class ReviewsPage
{
    private Refusal? refusal;

    [Inject] private SearchPostmortems.Handler Search { get; set; } = default!;
    [Inject] private ListPostmortems.Handler List { get; set; } = default!;

    [SupplyParameterFromQuery] private string? View { get; set; }
    [SupplyParameterFromQuery] private string? Q { get; set; }
    [SupplyParameterFromQuery] private string[]? Service { get; set; }
    [SupplyParameterFromQuery] private string[]? Severity { get; set; }
    [SupplyParameterFromQuery] private string[]? Factor { get; set; }
    [SupplyParameterFromQuery] private string? From { get; set; }
    [SupplyParameterFromQuery] private string? To { get; set; }
    [SupplyParameterFromQuery] private int Page { get; set; }

    /// <summary>What was read, and for which address, so that the live page begins with what was prerendered.</summary>
    [PersistentState] public Listing? Shown { get; set; }

    /// <summary>"incident" and "incident/" too: one that is restricted from now on takes its postmortem along.</summary>
    protected override IReadOnlyList<string> Topics { get; } = ["postmortem", "incident"];

    protected override TimeSpan AtMostEvery { get; } = TimeSpan.FromSeconds(3);

    /// <param name="Found">Of the archive; null in the other views.</param>
    /// <param name="List">Of the other views; null in the archive.</param>
    public sealed record Listing(string Address, ArchivePage? Found, Page<PostmortemRow>? List, bool MayWrite, bool MayImport, bool MayExport);

    private ReviewsAddress Asked { get; set; } = ReviewsAddress.Of(null, null, null, null, null, null, null, 1);

    private IReadOnlyList<FacetList> Facets => FacetList.Of(Shown!.Found!.Facets, Asked);

    private string Sentence => Shown switch
    {
        null => "Reading the postmortems.",
        { List: { } list } => $"{Postmortems(list.Total)} {(Asked.View switch { ReviewsView.Drafts => "being written", ReviewsView.InReview => "waiting for review or publication", _ => "that you wrote at" })}.",
        { Found: { MoreThanTotal: true } found } => $"More than {Postmortems(found.Total)} {(Asked.IsNarrowed ? "match" : "are published")}; pages and counts are of the {(string.IsNullOrWhiteSpace(Q) ? "newest" : "best")} {Number(found.Total)}.",
        { Found: { Nearest: true } found } => $"{(found.Total == 1 ? "One postmortem comes" : $"{Postmortems(found.Total)} come")} nearest to these words.",
        { Found: { } found } when Asked.IsNarrowed => $"{Postmortems(found.Total)} {(found.Total == 1 ? "matches" : "match")}.",
        { Found: { } found } => $"{Postmortems(found.Total)} published, the newest first.",
        _ => "",
    };

    private IReadOnlyList<Segment> Views =>
    [
        Tab("Published", ReviewsView.Published),
        Tab("Drafts", ReviewsView.Drafts),
        Tab("In review", ReviewsView.InReview),
        Tab("Mine", ReviewsView.Mine),
    ];

    protected override async Task OnParametersSetAsync()
    {
        Asked = ReviewsAddress.Of(View, Q, Service, Severity, Factor, From, To, Page);
        if (Shown?.Address != Asked.ToString())
            await ReadAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var asked = Asked;
        var (mayWrite, mayImport, mayExport) = (actor.May(Permission.Respond), actor.May(Permission.Administer), actor.May(Permission.Export));
        Listing listing;
        if (asked.View == ReviewsView.Published)
        {
            var outcome = await Search.HandleAsync(new SearchPostmortems(asked.ToFilter(), asked.Page), actor, Left);
            refusal = outcome.Refusal;
            listing = new Listing($"{asked}", outcome.Value, null, mayWrite, mayImport, mayExport);
        }
        else
        {
            var outcome = await List.HandleAsync(new ListPostmortems(StatesOf(asked.View), asked.View == ReviewsView.Mine, asked.Page), actor, Left);
            refusal = outcome.Refusal;
            listing = new Listing($"{asked}", null, outcome.Value, mayWrite, mayImport, mayExport);
        }
        // While this was read the reader may have moved on; its own reading follows.
        if (refusal is not null || $"{asked}" != $"{Asked}")
            return;
        Shown = listing;
    }

    private static PostmortemState[] StatesOf(ReviewsView view) => view switch
    {
        ReviewsView.Drafts => [PostmortemState.Draft],
        ReviewsView.InReview => [PostmortemState.InReview, PostmortemState.Approved],
        _ => [],
    };

    private Segment Tab(string text, ReviewsView view) => new(text, $"{Asked with { View = view, Page = 1 }}", Asked.View == view);

    private string PageAddress(int page) => $"{Asked with { Page = page }}";

    private static string Postmortems(int count) => $"{Number(count)} {(count == 1 ? "postmortem" : "postmortems")}";

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
