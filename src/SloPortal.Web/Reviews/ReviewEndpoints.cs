using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SloPortal.Application.Reviews.Approval;
using SloPortal.Application.Reviews.Revisions;
using SloPortal.Application.Reviews.Writing;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Reviews;

/// <summary>A text as a PUT gives it, written on top of a revision.</summary>
internal sealed record TextBody(int BaseRevision, string Title, string Summary, string Body);

internal sealed record FactsBody(
    IncidentSeverity? Severity, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, IReadOnlyList<string> Services, IReadOnlyList<FactorNote> Factors);

/// <summary>The revision that was read.</summary>
internal sealed record ApprovalBody(int Revision);

internal sealed record ReasonBody(string Reason);

internal sealed record CommentBody(string Body, string? Quote = null);

internal static class ReviewEndpoints
{
    public static void MapReviews(this RouteGroupBuilder api)
    {
        api.MapPost("/incidents/{number:int}/postmortem", async (int number, DraftPostmortem.Handler draft, CurrentActor current, CancellationToken ct) =>
                (await draft.HandleAsync(new DraftPostmortem(number), await current.GetAsync(ct), ct)).ToCreated(n => $"/api/v1/postmortems/{n}"))
            .WithTags("Reviews").WithName("DraftPostmortem").WithSummary("Begins the postmortem of an incident, with what is known of it filled in; answers its number");

        var postmortems = api.MapGroup("/postmortems").WithTags("Reviews");
        MapWriting(postmortems);
        MapRevisions(postmortems);
        MapApproval(postmortems);
    }

    private static void MapWriting(RouteGroupBuilder postmortems)
    {
        postmortems.MapPost("/", async (CreatePostmortem request, CreatePostmortem.Handler create, CurrentActor current, CancellationToken ct) =>
                (await create.HandleAsync(request, await current.GetAsync(ct), ct)).ToCreated(n => $"/api/v1/postmortems/{n}"))
            .WithMetadata(new RequestSizeLimitAttribute(RequestLimits.Text))
            .WithName("CreatePostmortem").WithSummary("Begins a postmortem of what is no incident of the portal; answers its number");

        postmortems.MapGet("/{number:int}", async (int number, GetPostmortem.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetPostmortem(number), await current.GetAsync(ct), ct)).ToOk())
            .WithName("GetPostmortem").WithSummary("One postmortem: text as Markdown, facts, comments, and what you may do");

        postmortems.MapPut("/{number:int}", async (int number, TextBody body, SavePostmortem.Handler save, CurrentActor current, CancellationToken ct) =>
                Saved(await save.HandleAsync(new SavePostmortem(number, body.BaseRevision, body.Title, body.Summary, body.Body), await current.GetAsync(ct), ct)))
            .WithMetadata(new RequestSizeLimitAttribute(RequestLimits.Text))
            .WithName("SavePostmortem").WithSummary("Saves a text on top of a revision, merged with what others saved since; 409 with both texts where the same lines changed");

        postmortems.MapPut("/{number:int}/facts", async (int number, FactsBody body, ChangeFacts.Handler change, CurrentActor current, CancellationToken ct) =>
                (await change.HandleAsync(new ChangeFacts(number, body.Severity, body.StartedAt, body.EndedAt, body.Services, body.Factors), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("ChangePostmortemFacts").WithSummary("Says anew what it is about: severity, times, services and contributing factors");
    }

    private static void MapRevisions(RouteGroupBuilder postmortems)
    {
        postmortems.MapGet("/{number:int}/revisions", async (int number, ListRevisions.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(new ListRevisions(number), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListRevisions").WithSummary("Who saved it when, the latest first");

        postmortems.MapGet("/{number:int}/revisions/{from:int}/{to:int}", async (int number, int from, int to, CompareRevisions.Handler compare, CurrentActor current, CancellationToken ct) =>
                (await compare.HandleAsync(new CompareRevisions(number, from, to), await current.GetAsync(ct), ct)).ToOk())
            .WithName("CompareRevisions").WithSummary("What changed from one revision to another, by lines and words");
    }

    private static void MapApproval(RouteGroupBuilder postmortems)
    {
        postmortems.MapPost("/{number:int}/submit", async (int number, SubmitForReview.Handler submit, CurrentActor current, CancellationToken ct) =>
                (await submit.HandleAsync(new SubmitForReview(number), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("SubmitForReview").WithSummary("Asks others to read a draft");

        postmortems.MapPost("/{number:int}/approve", async (int number, ApprovalBody body, ApprovePostmortem.Handler approve, CurrentActor current, CancellationToken ct) =>
                (await approve.HandleAsync(new ApprovePostmortem(number, body.Revision), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("ApprovePostmortem").WithSummary("Approves the revision that was read; 403 for whoever wrote any of it");

        postmortems.MapPost("/{number:int}/ask-for-changes", async (int number, ReasonBody body, AskForChanges.Handler ask, CurrentActor current, CancellationToken ct) =>
                (await ask.HandleAsync(new AskForChanges(number, body.Reason), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("AskForChanges").WithSummary("Sends it back to its writers, with the reason");

        postmortems.MapPost("/{number:int}/publish", async (int number, PublishPostmortem.Handler publish, CurrentActor current, CancellationToken ct) =>
                (await publish.HandleAsync(new PublishPostmortem(number), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("PublishPostmortem").WithSummary("Puts an approved postmortem into the archive");

        postmortems.MapPost("/{number:int}/take-back", async (int number, ReasonBody body, TakeBack.Handler take, CurrentActor current, CancellationToken ct) =>
                (await take.HandleAsync(new TakeBack(number, body.Reason), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("TakeBackPostmortem").WithSummary("Back to draft, with the reason; it is reviewed and approved anew");

        postmortems.MapPost("/{number:int}/comments", async (int number, CommentBody body, AddComment.Handler add, CurrentActor current, CancellationToken ct) =>
                (await add.HandleAsync(new AddComment(number, body.Body, body.Quote), await current.GetAsync(ct), ct)).ToCreated(_ => $"/api/v1/postmortems/{number}"))
            .WithName("AddComment").WithSummary("Says something about it, with the words that it is about");

        postmortems.MapPost("/{number:int}/comments/{comment:guid}/settle", async (int number, Guid comment, SettleComment.Handler settle, CurrentActor current, CancellationToken ct) =>
                (await settle.HandleAsync(new SettleComment(number, comment), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("SettleComment").WithSummary("Says that a comment has been dealt with");
    }

    private static Results<Ok<SavedPostmortem>, ProblemHttpResult> Saved(Outcome<SavedPostmortem> outcome)
    {
        if (!outcome.Succeeded)
            return OutcomeResults.Problem(outcome.Refusal);
        return outcome.Value.Conflict is not { } conflict ? TypedResults.Ok(outcome.Value) : TypedResults.Problem(
            detail: $"{conflict.By} changed the same lines in revision {conflict.Revision}. Nothing was saved; decide, and save on top of that revision.",
            statusCode: StatusCodes.Status409Conflict, extensions: new Dictionary<string, object?> { ["conflict"] = conflict });
    }
}
