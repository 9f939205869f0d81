using FluentValidation;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using SloPortal.Data.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Access;

/// <summary>Sets a new password; every other session of the person ends. Gives what a new session is made from.</summary>
public sealed record ChangePassword(string CurrentPassword, string NewPassword)
{
    public sealed class Validator : AbstractValidator<ChangePassword>
    {
        public Validator() => RuleFor(r => r.NewPassword).MustBePassword();
    }

    public sealed class Handler(UnitOfWork work, IPasswordHasher<Person> hasher)
    {
        public async Task<Outcome<SignedIn>> HandleAsync(ChangePassword request, Actor actor, CancellationToken ct)
        {
            var attempt = await work.ChangeAsync<ChangePassword, Attempt>(request, actor, Permission.ManageOwnAccount, async change =>
            {
                var person = await change.Db.Users.FromSql($"SELECT * FROM people WHERE id = {actor.PersonId} FOR UPDATE").SingleAsync(ct);
                if (person.IsLockedOutAt(change.Now))
                    return Refusal.Denied("Too many wrong passwords: this account is locked for a few minutes.");
                if (person.PasswordHash is not null
                    && hasher.VerifyHashedPassword(person, person.PasswordHash, request.CurrentPassword ?? "") == PasswordVerificationResult.Failed)
                {
                    // A session that somebody left open must not be a place to guess the password.
                    person.CountFailedSignIn(change.Now);
                    change.Audit("person.password-change-failed", "person", person.Id, person.DisplayName);
                    return new Attempt(Refusal.Invalid(nameof(CurrentPassword), "The current password is wrong."), null);
                }
                person.SetPassword(hasher.HashPassword(person, request.NewPassword));
                change.Audit("person.password-changed", "person", person.Id, person.DisplayName);
                change.Publish("people");
                return new Attempt(null, SignedIn.Of(person));
            }, ct);
            if (!attempt.Succeeded)
                return attempt.Refusal;
            return attempt.Value.Refusal is { } refusal ? refusal : attempt.Value.SignedIn!;
        }

        private sealed record Attempt(Refusal? Refusal, SignedIn? SignedIn);
    }
}
