using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using SloPortal.Data;
using SloPortal.Data.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Access;

/// <summary>Begins a session on the word of the OpenID Connect provider.</summary>
/// <param name="Issuer">With the subject the only thing that identifies a person: addresses change hands.</param>
/// <param name="Roles">Mapped from the provider's claim, which then decides; null where no mapping is configured.</param>
/// <param name="CreateUnknown">Whether somebody without an account gets one, as viewer unless the roles say otherwise.</param>
[BeforeSignIn]
public sealed record SignInWithProvider(string Issuer, string Subject, string? Email, bool EmailVerified, string? Name, IReadOnlyList<Role>? Roles, bool CreateUnknown)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<SignedIn>> HandleAsync(SignInWithProvider request, CancellationToken ct) =>
            work.ChangeAsync<SignInWithProvider, SignedIn>(request, Actor.System("sign-in by provider"), Permission.Administer, async change =>
            {
                // Two first sign-ins at once must not make two accounts.
                await AccessLock.TakeAsync(change.Db, ct);
                var person = await FindAsync(request, change.Db, ct);
                if (person is null)
                {
                    var made = await LinkOrCreateAsync(request, change, ct);
                    if (!made.Succeeded)
                        return made.Refusal;
                    person = made.Value;
                }
                if (person.DisabledAt is not null)
                    return Refusal.Denied("This account is closed. An administrator can open it again.");
                await FollowRolesAsync(request, change, person, ct);
                person.CountSignIn();
                change.Audit("person.signed-in", "person", person.Id, person.DisplayName, new { With = request.Issuer });
                return SignedIn.Of(person);
            }, ct);

        private static async Task<Person?> FindAsync(SignInWithProvider request, PortalDbContext db, CancellationToken ct) =>
            await db.UserLogins.Where(l => l.LoginProvider == request.Issuer && l.ProviderKey == request.Subject)
                .Join(db.Users, l => l.UserId, p => p.Id, (_, p) => p).SingleOrDefaultAsync(ct);

        private static async Task<Outcome<Person>> LinkOrCreateAsync(SignInWithProvider request, Change change, CancellationToken ct)
        {
            if (!PersonRules.IsEmail(request.Email))
                return Refusal.Denied("Your provider did not tell an e-mail address, which the portal needs. Ask an administrator to release the claim \"email\".");
            var normalized = Person.NormalizeEmail(request.Email!);
            var person = await change.Db.Users.SingleOrDefaultAsync(p => p.NormalizedEmail == normalized, ct);
            if (person is not null && !(request.EmailVerified && person.EmailConfirmed))
                return Refusal.Denied("There is an account with your e-mail address, but your provider does not vouch that the address is yours. Sign in with your password, or ask an administrator.");
            if (person is null)
            {
                if (!request.CreateUnknown)
                    return Refusal.Denied("You have no account here. Ask an administrator for an invitation to your e-mail address.");
                var name = string.IsNullOrWhiteSpace(request.Name) ? request.Email!.Split('@')[0] : request.Name.Trim();
                person = Person.Create(Guid.CreateVersion7(change.Now), request.Email!, name[..Math.Min(name.Length, 100)], request.EmailVerified, change.Now);
                change.Db.Users.Add(person);
                await PersonRoles.WriteAsync(change.Db, person.Id, request.Roles ?? [Role.Viewer], ct);
                change.Audit("person.created", "person", person.Id, person.DisplayName, new { person.Email, By = request.Issuer });
            }
            change.Db.UserLogins.Add(new IdentityUserLogin<Guid> { LoginProvider = request.Issuer, ProviderKey = request.Subject, ProviderDisplayName = request.Email, UserId = person.Id });
            change.Audit("person.linked", "person", person.Id, person.DisplayName, new { request.Issuer, request.Subject });
            change.Publish("people");
            await change.Db.SaveChangesAsync(ct);
            return person;
        }

        private static async Task FollowRolesAsync(SignInWithProvider request, Change change, Person person, CancellationToken ct)
        {
            if (request.Roles is null)
                return;
            var before = await PersonRoles.ReadAsync(change.Db, person.Id, ct);
            if (before.SequenceEqual(request.Roles.Distinct().Order()))
                return;
            // The provider cannot lock everybody out: the last administrator keeps what they have.
            if (before.Contains(Role.Administrator) && !request.Roles.Contains(Role.Administrator)
                && await PersonRoles.LastAdministratorMustStayAsync(change.Db, person.Id, ct) is not null)
                return;
            await PersonRoles.WriteAsync(change.Db, person.Id, request.Roles, ct);
            change.Audit("person.roles-changed", "person", person.Id, person.DisplayName, new { Before = before, After = request.Roles.Distinct().Order(), By = request.Issuer });
            change.Publish("people");
        }
    }
}
