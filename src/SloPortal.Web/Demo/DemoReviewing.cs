using SloPortal.Application.Reviews.Approval;
using SloPortal.Application.Reviews.Writing;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Reviews.Writing;
using SloPortal.Web.Demo.Story.Incidents;

namespace SloPortal.Web.Demo;

/// <summary>How people of the story look back at an incident. What was played already changes nothing.</summary>
internal static class DemoReviewing
{
    /// <summary>Headings under which the draft holds figures and facts, which stay.</summary>
    private static readonly string[] Facts = ["Impact", "Detection", "Timeline"];

    public static IEnumerable<DemoStep> Of(DemoIncident incident) =>
        incident.Review.Select(review => new DemoStep(incident.At.AddHours(review.After), (stage, ct) => PlayAsync(stage, incident, review, ct)));

    private static async Task PlayAsync(DemoStage stage, DemoIncident incident, DemoReview review, CancellationToken ct)
    {
        if (await DemoResponse.FindAsync(stage, incident.Title, ct) is not { MergedInto: null, Number: var number })
            return;
        var actor = await stage.ActorAsync(review.Who, ct);
        var known = stage.Check(incident.Title, await stage.Get<FindPostmortem.Handler>().HandleAsync(new FindPostmortem(number), actor, ct))?.Postmortem;
        if (review is DemoReview.Begins)
        {
            if (known is null)
                stage.Check(incident.Title, await stage.Get<DraftPostmortem.Handler>().HandleAsync(new DraftPostmortem(number), actor, ct));
        }
        else if (known is { } postmortem && stage.Check(incident.Title, await stage.Get<GetPostmortem.Handler>().HandleAsync(new GetPostmortem(postmortem), actor, ct)) is { } now)
        {
            await ChangeAsync(stage, now, review, actor, ct);
        }
    }

    private static async Task ChangeAsync(DemoStage stage, PostmortemDetail now, DemoReview review, Actor actor, CancellationToken ct)
    {
        var isOpen = now.State is PostmortemState.Draft or PostmortemState.InReview;
        switch (review)
        {
            case DemoReview.Writes writes when isOpen:
                Check(await stage.Get<SavePostmortem.Handler>().HandleAsync(new SavePostmortem(now.Number, now.Revision, now.Title, writes.Summary, Written(now.Body, writes.Sections)), actor, ct));
                break;
            case DemoReview.Places places when isOpen:
                Check(await stage.Get<ChangeFacts.Handler>().HandleAsync(new ChangeFacts(
                    now.Number, now.Severity, now.StartedAt, now.EndedAt, [.. now.Services.Select(s => s.Slug)], [.. places.Factors.Select(f => new FactorNote(f.Key, f.Value))]), actor, ct));
                break;
            case DemoReview.Comments comments when now.Comments.All(c => c.Body != comments.Text):
                Check(await stage.Get<AddComment.Handler>().HandleAsync(new AddComment(now.Number, comments.Text, comments.Quote), actor, ct));
                break;
            case DemoReview.Settles settles when now.Comments.FirstOrDefault(c => c.Body == settles.Text && c.SettledAt is null) is { } comment:
                Check(await stage.Get<SettleComment.Handler>().HandleAsync(new SettleComment(now.Number, comment.Id), actor, ct));
                break;
            case DemoReview.Submits when now.State == PostmortemState.Draft:
                Check(await stage.Get<SubmitForReview.Handler>().HandleAsync(new SubmitForReview(now.Number), actor, ct));
                break;
            case DemoReview.SendsBack back when now.State == PostmortemState.InReview && now.Comments.All(c => c.Body != back.Reason):
                Check(await stage.Get<AskForChanges.Handler>().HandleAsync(new AskForChanges(now.Number, back.Reason), actor, ct));
                break;
            case DemoReview.Approves when now.State == PostmortemState.InReview:
                Check(await stage.Get<ApprovePostmortem.Handler>().HandleAsync(new ApprovePostmortem(now.Number, now.Revision), actor, ct));
                break;
            case DemoReview.Publishes when now.State == PostmortemState.Approved:
                Check(await stage.Get<PublishPostmortem.Handler>().HandleAsync(new PublishPostmortem(now.Number), actor, ct));
                break;
        }

        void Check<T>(Outcome<T> outcome) => stage.Check(now.Code, outcome);
    }

    /// <summary>The text with what is told under its headings; the questions of the draft are answered by it, and go.</summary>
    internal static string Written(string body, IReadOnlyDictionary<string, string> told) => string.Join("\n## ", ("\n" + body).Split("\n## ").Select(section =>
    {
        var end = section.IndexOf('\n', StringComparison.Ordinal);
        if (end < 0)
            return section;
        var heading = section[..end];
        if (told.TryGetValue(heading, out var text))
            return $"{heading}\n\n{text}\n";
        return Facts.Contains(heading)
            ? $"{heading}\n\n{string.Join('\n', section[end..].Split('\n').Where(line => !line.StartsWith("> ", StringComparison.Ordinal))).Trim('\n')}\n"
            : section;
    })).TrimStart('\n');
}
