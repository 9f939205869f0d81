using FluentValidation;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using SloPortal.Data.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Access;

/// <summary>Makes the invited person's account, once.</summary>
[BeforeSignIn]
public sealed record AcceptInvitation(string Secret, string DisplayName, string Password)
{
    public sealed class Validator : AbstractValidator<AcceptInvitation>
    {
        public Validator()
        {
            RuleFor(r => r.DisplayName).MustBePersonName();
            RuleFor(r => r.Password).MustBePassword();
        }
    }

    public sealed class Handler(UnitOfWork work, IPasswordHasher<Person> hasher)
    {
        public Task<Outcome<SignedIn>> HandleAsync(AcceptInvitation request, CancellationToken ct) =>
            work.ChangeAsync<AcceptInvitation, SignedIn>(request, Actor.System("invitation"), Permission.Administer, async change =>
            {
                // Locked, so that a link that is used twice at once makes one account.
                var hash = LinkSecret.HashOf(request.Secret);
                var invitation = await change.Db.Invitations.FromSql($"SELECT * FROM invitations WHERE token_hash = {hash} FOR UPDATE").SingleOrDefaultAsync(ct);
                if (invitation is null || !invitation.IsOpenAt(change.Now))
                    return ReadInvitation.NotOpen;
                var normalized = Person.NormalizeEmail(invitation.Email);
                if (await change.Db.Users.AnyAsync(p => p.NormalizedEmail == normalized, ct))
                    return Refusal.Conflict("Somebody with this e-mail address has an account already. Sign in.");
                var person = Person.Create(Guid.CreateVersion7(change.Now), invitation.Email, request.DisplayName, emailIsVerified: true, change.Now);
                person.SetPassword(hasher.HashPassword(person, request.Password));
                change.Db.Users.Add(person);
                await PersonRoles.WriteAsync(change.Db, person.Id, invitation.Roles, ct);
                // A team may have gone since.
                var teams = await change.Db.Teams.Where(t => invitation.TeamIds.Contains(t.Id)).Select(t => t.Id).ToListAsync(ct);
                change.Db.TeamMembers.AddRange(teams.Select(t => new TeamMember(t, person.Id)));
                invitation.Accept(change.Now);
                change.Audit("invitation.accepted", "person", person.Id, person.DisplayName, new { InvitationId = invitation.Id, invitation.Email, invitation.Roles });
                change.Publish("people");
                change.Publish("invitations");
                return SignedIn.Of(person);
            }, ct);
    }
}
