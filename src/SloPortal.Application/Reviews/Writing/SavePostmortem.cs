using System.Text;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Reviews.Revisions;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Reviews.Writing;

namespace SloPortal.Application.Reviews.Writing;

/// <param name="Revision">The latest one now.</param>
/// <param name="Text">As it stands now; with what others saved meanwhile.</param>
/// <param name="MergedWith">Who saved meanwhile; null where nobody did.</param>
/// <param name="Conflict">Set where both changed the same lines: nothing was saved.</param>
public sealed record SavedPostmortem(int Revision, PostmortemText Text, string? MergedWith, EditConflict? Conflict);

/// <summary>
/// Saves a text that was written on top of a revision. What others saved since is merged with it by lines; saving the same again
/// changes nothing, so that it may be sent twice.
/// </summary>
/// <param name="BaseRevision">The one that the writer began with.</param>
public sealed record SavePostmortem(int Number, int BaseRevision, string Title, string Summary, string Body)
{
    public sealed class Validator : AbstractValidator<SavePostmortem>
    {
        public Validator()
        {
            RuleFor(r => r.Title).MustBeTitle();
            RuleFor(r => r.Summary).MustBeSummary();
            RuleFor(r => r.Body).MustBeBody();
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        public async Task<Outcome<SavedPostmortem>> HandleAsync(SavePostmortem request, Actor actor, CancellationToken ct)
        {
            SavedPostmortem? unsaved = null;
            var outcome = await work.ChangeAsync<SavePostmortem, SavedPostmortem>(request, actor, Permission.Respond, async change =>
            {
                var found = await change.FindPostmortemAsync(request.Number, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var postmortem = found.Value;
                var revisions = await change.Db.PostmortemRevisions.AsNoTracking()
                    .Where(r => r.PostmortemId == postmortem.Id && (r.Number == request.BaseRevision || r.Number == postmortem.Revision))
                    .ToDictionaryAsync(r => r.Number, ct);
                if (!revisions.TryGetValue(request.BaseRevision, out var ancestor))
                    return Refusal.Invalid("BaseRevision", $"{postmortem.Code} has no revision {request.BaseRevision}. Read it again and save on top of what you read.");

                var latest = revisions[postmortem.Revision];
                var mine = TextRules.Clean(request.Title, request.Summary, request.Body);
                var (text, conflict) = PostmortemMerge.Of(ancestor.Text, mine, latest);
                if (text is null || text == latest.Text)
                {
                    unsaved = new SavedPostmortem(latest.Number, text ?? mine, Others(ancestor, latest), conflict);
                    return Refusal.Conflict("Nothing to save.");
                }
                if (Encoding.UTF8.GetByteCount(text.Body) > TextRules.MostBytes)
                    return Refusal.Invalid("Body", TextRules.TooLong);
                var revised = postmortem.Revise(text, actor.PersonId, actor.Name, change.Now);
                if (!revised.Succeeded)
                    return revised.Refusal;
                change.Db.PostmortemRevisions.Add(revised.Value);
                change.Record(postmortem, "saved", new { revised.Value.Number, Base = ancestor.Number, Bytes = Encoding.UTF8.GetByteCount(text.Body) });
                return new SavedPostmortem(revised.Value.Number, text, Others(ancestor, latest), null);
            }, ct);
            return unsaved ?? outcome;
        }

        private static string? Others(PostmortemRevision ancestor, PostmortemRevision latest) => ancestor.Number == latest.Number ? null : latest.AuthorName;
    }
}
