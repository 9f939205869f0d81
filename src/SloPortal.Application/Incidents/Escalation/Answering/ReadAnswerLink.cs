using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Incidents.Escalation.Paging;
using SloPortal.Data;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.Domain.Incidents.Escalation;

namespace SloPortal.Application.Incidents.Escalation.Answering;

/// <param name="Person">Whom the message called.</param>
/// <param name="TakenBy">Who has it; null while nobody has.</param>
public sealed record LinkedPage(
    int Number, string Title, SignalSeverity Severity, string? Service, string Team, DateTimeOffset OpenedAt, PageState State, string Person, string? TakenBy, DateTimeOffset? TakenAt, string? ResolvedBecause);

/// <summary>What stands behind the link of a message, for whoever has it. Reading takes nothing: mail programs open links by themselves.</summary>
[BeforeSignIn]
public sealed record ReadAnswerLink(string Token)
{
    internal static readonly Refusal NotALink = Refusal.Conflict("This link has ended, or was changed on its way. Sign in and open the page under Pages.");

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, AcknowledgeLinks links)
    {
        public async Task<Outcome<LinkedPage>> HandleAsync(ReadAnswerLink request, CancellationToken ct)
        {
            if (links.Read(request.Token) is not { } message)
                return NotALink;
            await using var db = await contexts.CreateDbContextAsync(ct);
            var found = await (from m in db.PageMessages.AsNoTracking()
                               join p in db.Pages on m.PageId equals p.Id
                               join t in db.Teams on p.TeamId equals t.Id
                               join u in db.Users on m.PersonId equals u.Id
                               join s in db.Services on p.ServiceId equals s.Id into services
                               from s in services.DefaultIfEmpty()
                               where m.Id == message && u.DisabledAt == null
                               select new LinkedPage(
                                   p.Number, p.Title, p.Severity, s == null ? null : s.Name, t.Name, p.OpenedAt, p.State, u.DisplayName, p.AcknowledgedByName, p.AcknowledgedAt, p.ResolvedBecause))
                .SingleOrDefaultAsync(ct);
            return found is null ? NotALink : found;
        }
    }
}
