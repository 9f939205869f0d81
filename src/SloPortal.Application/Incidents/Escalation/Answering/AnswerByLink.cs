using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Incidents.Escalation.Paging;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Escalation;

namespace SloPortal.Application.Incidents.Escalation.Answering;

/// <summary>Takes the page of a message for whom it called, without signing in: the link is the proof.</summary>
/// <param name="FromPush">It came from a notification of the browser.</param>
[BeforeSignIn]
public sealed record AnswerByLink(string Token, bool FromPush = false)
{
    public sealed class Handler(UnitOfWork work, IDbContextFactory<PortalDbContext> contexts, AcknowledgeLinks links)
    {
        public async Task<Outcome<Done>> HandleAsync(AnswerByLink request, CancellationToken ct)
        {
            if (links.Read(request.Token) is not { } message)
                return ReadAnswerLink.NotALink;
            await using var db = await contexts.CreateDbContextAsync(ct);
            var called = await (from m in db.PageMessages join u in db.Users on m.PersonId equals u.Id where m.Id == message && u.DisabledAt == null
                                select new { m.PageId, u.Id, u.DisplayName }).SingleOrDefaultAsync(ct);
            if (called is null)
                return ReadAnswerLink.NotALink;
            // Not the person's session: the link proves no more than that somebody has their message.
            var actor = Actor.System("link of a message") with { Name = $"{called.DisplayName} (by the link of a message)" };
            return await work.ChangeAsync<AnswerByLink, Done>(request, actor, Permission.Respond, async change =>
            {
                var page = await change.Db.Pages.SingleAsync(p => p.Id == called.PageId, ct);
                var outcome = await PageToAnswer.AcknowledgeAsync(change, page, called.Id, called.DisplayName, request.FromPush ? AcknowledgedVia.Push : AcknowledgedVia.Link, ct);
                if (outcome.Succeeded && change.Entries.Count == 0)
                    change.Audit("page.acknowledged_again", "page", page.Id, page.Title, new { page.Number });
                return outcome;
            }, ct);
        }
    }
}
