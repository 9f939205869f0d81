using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Data.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Access;

/// <summary>An invitation as the administrator sees it this once.</summary>
/// <param name="Secret">The last part of the link; only its hash is kept.</param>
public sealed record NewInvitation(Guid Id, string Email, string Secret, DateTimeOffset ExpiresAt);

/// <summary>Makes a link by which one person makes their account, with these roles and teams, within seven days.</summary>
/// <param name="Teams">Slugs.</param>
public sealed record InvitePerson(string Email, IReadOnlyList<Role> Roles, IReadOnlyList<string> Teams)
{
    public static readonly TimeSpan Validity = TimeSpan.FromDays(7);

    public sealed class Validator : AbstractValidator<InvitePerson>
    {
        public Validator()
        {
            RuleFor(r => r.Email).MustBeEmail();
            RuleFor(r => r.Roles).MustBeRoles();
            RuleFor(r => r.Teams).NotNull().WithMessage("Give the list of teams; it may be empty.");
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<NewInvitation>> HandleAsync(InvitePerson request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<InvitePerson, NewInvitation>(request, actor, Permission.Administer, async change =>
            {
                var normalized = Person.NormalizeEmail(request.Email);
                if (await change.Db.Users.AnyAsync(p => p.NormalizedEmail == normalized, ct))
                    return Refusal.Invalid(nameof(Email), "Somebody with this e-mail address has an account already.");
                var teams = await change.Db.Teams.Where(t => request.Teams.Contains(t.Slug)).ToListAsync(ct);
                if (request.Teams.Except(teams.Select(t => t.Slug)).FirstOrDefault() is { } unknown)
                    return Refusal.Invalid(nameof(Teams), $"There is no team \"{unknown}\".");
                var secret = LinkSecret.Generate();
                var invitation = new Invitation(Guid.CreateVersion7(change.Now), request.Email.Trim(), [.. request.Roles.Distinct()], [.. teams.Select(t => t.Id)],
                    LinkSecret.HashOf(secret), actor.PersonId, change.Now, change.Now + Validity);
                change.Db.Invitations.Add(invitation);
                change.Audit("invitation.created", "invitation", invitation.Id, invitation.Email, new { invitation.Roles, Teams = teams.Select(t => t.Slug), invitation.ExpiresAt });
                change.Publish("invitations");
                return new NewInvitation(invitation.Id, invitation.Email, secret, invitation.ExpiresAt);
            }, ct);
    }
}
