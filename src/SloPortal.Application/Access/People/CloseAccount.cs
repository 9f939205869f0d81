using Microsoft.EntityFrameworkCore;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Access;

/// <summary>Closes or reopens an account. Sessions and tokens of a closed account end; its name stays in the records.</summary>
public sealed record CloseAccount(Guid PersonId, bool Closed)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(CloseAccount request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<CloseAccount, Done>(request, actor, Permission.Administer, async change =>
            {
                if (request.Closed && await PersonRoles.LastAdministratorMustStayAsync(change.Db, request.PersonId, ct) is { } refusal)
                    return refusal;
                var person = await change.Db.Users.SingleOrDefaultAsync(p => p.Id == request.PersonId, ct);
                if (person is null)
                    return Refusal.NotFound("This person");
                if (request.Closed == person.DisabledAt is not null)
                    return Refusal.Conflict(request.Closed ? "This account is closed already." : "This account is open already.");
                if (request.Closed)
                    person.Disable(change.Now);
                else
                    person.Enable();
                change.Audit(request.Closed ? "person.closed" : "person.reopened", "person", person.Id, person.DisplayName);
                change.Publish("people");
                return Done.Value;
            }, ct);
    }
}
