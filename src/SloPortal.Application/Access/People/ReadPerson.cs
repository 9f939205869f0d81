using Microsoft.EntityFrameworkCore;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Access;

/// <summary>One person, with roles and teams.</summary>
public sealed record ReadPerson(Guid Id)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<PersonRow>> HandleAsync(ReadPerson request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var person = await ListPeople.Project(db, db.Users.AsNoTracking().Where(p => p.Id == request.Id)).SingleOrDefaultAsync(ct);
            return person is null ? Refusal.NotFound("This person") : person.ToRow();
        }
    }
}
