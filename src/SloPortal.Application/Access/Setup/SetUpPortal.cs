using System.Security.Cryptography;
using System.Text;
using FluentValidation;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using SloPortal.Data.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Access;

/// <summary>Makes the first administrator of an empty portal, for whoever knows the code from its log.</summary>
[BeforeSignIn]
public sealed record SetUpPortal(string Code, string DisplayName, string Email, string Password)
{
    public sealed class Validator : AbstractValidator<SetUpPortal>
    {
        public Validator()
        {
            RuleFor(r => r.Code).Must(c => !string.IsNullOrWhiteSpace(c)).WithMessage("Enter the set-up code from the portal's log.");
            RuleFor(r => r.DisplayName).MustBePersonName();
            RuleFor(r => r.Email).MustBeEmail();
            RuleFor(r => r.Password).MustBePassword();
        }
    }

    public sealed class Handler(UnitOfWork work, IPasswordHasher<Person> hasher)
    {
        public Task<Outcome<SignedIn>> HandleAsync(SetUpPortal request, CancellationToken ct) =>
            work.ChangeAsync<SetUpPortal, SignedIn>(request, Actor.System("set-up"), Permission.Administer, async change =>
            {
                var expected = await change.Db.Settings.Where(s => s.Key == SetUpCode.SettingKey).Select(s => s.Value).SingleOrDefaultAsync(ct);
                if (expected is null || !Same(expected, SetUpCode.HashOf(request.Code)))
                    return Refusal.Invalid(nameof(Code), "This is not the set-up code. The portal prints it in its log when it starts; the newest one counts.");
                var person = await FirstAdministrator.CreateAsync(change, hasher, request.Email, request.DisplayName, request.Password, ct);
                return person is null
                    ? Refusal.Conflict("The portal is set up already. Sign in, or ask an administrator for an invitation.")
                    : SignedIn.Of(person);
            }, ct);

        private static bool Same(string a, string b) => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(a), Encoding.ASCII.GetBytes(b));
    }
}
