using FluentValidation;
using Microsoft.AspNetCore.Identity;
using SloPortal.Data.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Access;

/// <summary>
/// Makes the first administrator at start, for automated installs, and a first API token with all scopes if one is given. Does
/// nothing once anybody has an account, so that a restart with the same settings changes nothing.
/// </summary>
[BeforeSignIn]
public sealed record SetUpUnattended(string Email, string Password, string? Token)
{
    private const int TokenDays = 365;

    public sealed class Validator : AbstractValidator<SetUpUnattended>
    {
        public Validator()
        {
            RuleFor(r => r.Email).MustBeEmail();
            RuleFor(r => r.Password).MustBePassword();
            RuleFor(r => r.Token).Must(t => string.IsNullOrEmpty(t) || TokenText.IsWellFormed(t))
                .WithMessage("A token is \"slop_\" and 43 characters of base64url that hold 32 random bytes; make one with: echo slop_$(head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=')");
        }
    }

    public sealed class Handler(UnitOfWork work, IPasswordHasher<Person> hasher)
    {
        /// <returns>Whether the administrator was made now; a conflict when somebody has an account already.</returns>
        public Task<Outcome<Done>> HandleAsync(SetUpUnattended request, CancellationToken ct) =>
            work.ChangeAsync<SetUpUnattended, Done>(request, Actor.System("unattended set-up"), Permission.Administer, async change =>
            {
                var name = request.Email.Split('@')[0];
                var person = await FirstAdministrator.CreateAsync(change, hasher, request.Email, name, request.Password, ct);
                if (person is null)
                    return Refusal.Conflict("The portal is set up already.");
                if (!string.IsNullOrEmpty(request.Token))
                    CreateToken.Add(change, person.Id, new CreateToken("First token", TokenScopes.All, TokenDays), request.Token);
                return Done.Value;
            }, ct);
    }
}
