using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using SloPortal.Data.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Access.Signing;

/// <summary>
/// Runs a change that carries a person's signature: they show once more that it is them, by their password or by a fresh sign-in at
/// their provider. Wrong passwords count as they do at the sign-in and lock the account alike; no password is kept or recorded.
/// </summary>
public sealed class SignedChange(UnitOfWork work, IPasswordHasher<Person> hasher)
{
    /// <param name="subject">What is signed, for which a fresh sign-in must have been made: "proposal/&lt;id&gt;".</param>
    /// <param name="password">Null where a fresh sign-in confirms it.</param>
    internal async Task<Outcome<T>> ChangeAsync<TRequest, T>(
        TRequest request, string subject, string? password, Actor actor, Permission permission, Func<Change, Confirmation, Task<Outcome<T>>> body, CancellationToken ct)
    {
        var attempt = await work.ChangeAsync<TRequest, Attempt<T>>(request, actor, permission, async change =>
        {
            if (actor.Kind != ActorKind.Person)
                return Denial.Of(actor, Permission.Sign);
            // The row is locked so that guesses sent in parallel are counted one by one; not its key, to which notices of the other side refer.
            var person = await change.Db.Users.FromSql($"SELECT * FROM people WHERE id = {actor.PersonId} FOR NO KEY UPDATE").SingleAsync(ct);
            if (person.IsLockedOutAt(change.Now))
                return Refusal.Denied("Too many wrong passwords: this account is locked for a few minutes, and signs nothing meanwhile.");
            var confirmed = string.IsNullOrEmpty(password) ? await UseFreshSignInAsync(change, person, subject, ct) : Verify(change, person, password);
            if (!confirmed.Succeeded)
                return change.Entries.Count == 0 ? confirmed.Refusal : new Attempt<T>(confirmed.Refusal, default);
            var outcome = await body(change, confirmed.Value);
            return outcome.Succeeded ? new Attempt<T>(null, outcome.Value) : outcome.Refusal;
        }, ct);
        if (!attempt.Succeeded)
            return attempt.Refusal;
        return attempt.Value.Refusal is { } refusal ? refusal : attempt.Value.Value!;
    }

    private Outcome<Confirmation> Verify(Change change, Person person, string password)
    {
        if (person.PasswordHash is not null && hasher.VerifyHashedPassword(person, person.PasswordHash, password) != PasswordVerificationResult.Failed)
        {
            person.CountSignIn();
            return Confirmation.Password;
        }
        var locked = person.CountFailedSignIn(change.Now);
        change.Audit(locked ? "person.locked-out" : "person.confirmation-failed", "person", person.Id, person.DisplayName);
        return Refusal.Invalid("Password", locked
            ? "Too many wrong passwords: this account is locked for a few minutes, and signs nothing meanwhile."
            : "The password is wrong. Nothing was signed.");
    }

    private static async Task<Outcome<Confirmation>> UseFreshSignInAsync(Change change, Person person, string subject, CancellationToken ct)
    {
        var fresh = await change.Db.FreshSignIns.SingleOrDefaultAsync(f => f.PersonId == person.Id && f.Subject == subject, ct);
        if (fresh?.ServesAt(change.Now) != true)
        {
            return Refusal.Invalid("Password", person.PasswordHash is not null
                ? "Enter your password: a signature is yours only if you show that it is you."
                : "Sign in at your provider once more to confirm this: the page of the proposal leads there. It serves for five minutes.");
        }
        change.Db.FreshSignIns.Remove(fresh);
        return Confirmation.FreshSignIn;
    }

    /// <summary>A counted failure must commit, so it is a success of the change.</summary>
    private sealed record Attempt<T>(Refusal? Refusal, T? Value);
}
