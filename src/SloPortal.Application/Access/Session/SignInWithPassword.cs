using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using SloPortal.Data;
using SloPortal.Data.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Access;

/// <summary>Begins a session. Success and failure are recorded; wrong passwords lock the account for a while.</summary>
[BeforeSignIn]
public sealed record SignInWithPassword(string Email, string Password)
{
    public sealed class Handler(UnitOfWork work, IDbContextFactory<PortalDbContext> contexts, IPasswordHasher<Person> hasher)
    {
        private static readonly Refusal Wrong = Refusal.Denied("E-mail address or password is wrong.");

        /// <summary>Checked against when there is no such account, so that the answer takes as long as for one.</summary>
        private static readonly string NobodysHash = new PasswordHasher<Person>().HashPassword(new Person(), Guid.NewGuid().ToString());

        public async Task<Outcome<SignedIn>> HandleAsync(SignInWithPassword request, CancellationToken ct)
        {
            if (await FindAsync(request.Email ?? "", ct) is not { } actor)
            {
                hasher.VerifyHashedPassword(new Person(), NobodysHash, request.Password ?? "");
                return Wrong;
            }
            var attempt = await work.ChangeAsync<SignInWithPassword, Attempt>(request, actor, Permission.ManageOwnAccount,
                change => TryAsync(request, change, ct), ct);
            if (!attempt.Succeeded)
                return attempt.Refusal;
            return attempt.Value.Refusal is { } refusal ? refusal : attempt.Value.SignedIn!;
        }

        private async Task<Outcome<Attempt>> TryAsync(SignInWithPassword request, Change change, CancellationToken ct)
        {
            // The row is locked so that guesses sent in parallel are counted one by one.
            var person = await change.Db.Users.FromSql($"SELECT * FROM people WHERE id = {change.Actor.PersonId} FOR UPDATE").SingleAsync(ct);
            if (person.IsLockedOutAt(change.Now))
                return LockedOut(person.LockoutEnd!.Value - change.Now);
            var verified = person.PasswordHash is null
                ? PasswordVerificationResult.Failed
                : hasher.VerifyHashedPassword(person, person.PasswordHash, request.Password ?? "");
            if (verified == PasswordVerificationResult.Failed)
            {
                var locked = person.CountFailedSignIn(change.Now);
                change.Audit(locked ? "person.locked-out" : "person.sign-in-failed", "person", person.Id, person.DisplayName);
                return new Attempt(locked ? LockedOut(Person.LockOut) : Wrong, null);
            }
            if (person.DisabledAt is not null)
                return Refusal.Denied("This account is closed. An administrator can open it again.");
            if (verified == PasswordVerificationResult.SuccessRehashNeeded)
                person.PasswordHash = hasher.HashPassword(person, request.Password!);
            person.CountSignIn();
            change.Audit("person.signed-in", "person", person.Id, person.DisplayName, new { With = "password" });
            return new Attempt(null, SignedIn.Of(person));
        }

        private async Task<Actor?> FindAsync(string email, CancellationToken ct)
        {
            var normalized = Person.NormalizeEmail(email);
            await using var db = await contexts.CreateDbContextAsync(ct);
            return await db.Users.AsNoTracking().Where(p => p.NormalizedEmail == normalized)
                .Select(p => new Actor { Kind = ActorKind.Person, PersonId = p.Id, Name = p.DisplayName }).SingleOrDefaultAsync(ct);
        }

        private static Refusal LockedOut(TimeSpan remaining) => Refusal.Denied(
            $"Too many wrong passwords: this account is locked. Try again in {Math.Ceiling(remaining.TotalMinutes):0} min.");

        /// <summary>A counted failure must commit, so it is a success of the change.</summary>
        private sealed record Attempt(Refusal? Refusal, SignedIn? SignedIn);
    }
}
