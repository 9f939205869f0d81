using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Access.Signing;

/// <summary>Keeps that the person of this session signed in at their provider anew, so that their next signature under one thing is confirmed.</summary>
/// <param name="AuthenticatedAt">When the provider saw them sign in; null where it did not tell.</param>
/// <param name="Confirms">What it is for: "proposal/&lt;id&gt;".</param>
public sealed record ConfirmByProvider(string Issuer, string Subject, DateTimeOffset? AuthenticatedAt, string Confirms)
{
    /// <summary>Clocks of two machines differ a little.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    public sealed class Validator : AbstractValidator<ConfirmByProvider>
    {
        public Validator() => RuleFor(r => r.Confirms).NotEmpty().MaximumLength(100).WithMessage("Begin from the page of what you want to sign.");
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(ConfirmByProvider request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ConfirmByProvider, Done>(request, actor, Permission.ManageOwnAccount, async change =>
            {
                if (!await change.Db.UserLogins.AnyAsync(l => l.UserId == actor.PersonId && l.LoginProvider == request.Issuer && l.ProviderKey == request.Subject, ct))
                    return Refusal.Denied("You signed in at your provider as somebody else than here. Sign in there as yourself and begin again.");
                // Not the portal's word: the provider says when it asked who this is. A session that it merely continued says nothing.
                if (request.AuthenticatedAt is not { } at || at + FreshSignIn.Lasts < change.Now || at > change.Now + Slack)
                    return Refusal.Denied("Your provider did not ask you to sign in anew, so this confirms nothing. Sign out there and begin again, or ask an administrator.");
                var gone = change.Now - FreshSignIn.Lasts;
                await change.Db.FreshSignIns.Where(f => f.PersonId == actor.PersonId && f.At <= gone && f.Subject != request.Confirms).ExecuteDeleteAsync(ct);
                var known = await change.Db.FreshSignIns.SingleOrDefaultAsync(f => f.PersonId == actor.PersonId && f.Subject == request.Confirms, ct);
                if (known is null)
                    change.Db.FreshSignIns.Add(new FreshSignIn(actor.PersonId, request.Confirms, at));
                else
                    known.Renew(at);
                change.Audit("person.confirmed", "person", actor.PersonId, actor.Name, new { With = request.Issuer, For = request.Confirms });
                return Done.Value;
            }, ct);
    }
}
