using FluentValidation;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Access;

/// <summary>A token as its person sees it this once.</summary>
/// <param name="Text">Shown now and never again; only its hash is kept.</param>
public sealed record NewToken(Guid Id, string Text, DateTimeOffset ExpiresAt);

/// <summary>Makes an API token that acts for the person who makes it.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="Scopes">At least one.</param>
/// <param name="Days">Until it expires, 1 to 730.</param>
public sealed record CreateToken(string Name, IReadOnlyList<TokenScope> Scopes, int Days)
{
    public sealed class Validator : AbstractValidator<CreateToken>
    {
        public Validator()
        {
            RuleFor(r => r.Name).Must(n => !string.IsNullOrWhiteSpace(n)).WithMessage("Say what the token is for.").MaximumLength(100).WithMessage("A name has at most 100 characters.");
            RuleFor(r => r.Scopes).Must(s => s is { Count: > 0 } && s.All(TokenScopes.All.Contains)).WithMessage("Choose at least one of ingest, read and write.");
            RuleFor(r => r.Days).InclusiveBetween(1, 730).WithMessage("A token is valid for 1 to 730 days.");
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<NewToken>> HandleAsync(CreateToken request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<CreateToken, NewToken>(request, actor, Permission.ManageOwnAccount, change =>
            {
                var text = TokenText.Generate();
                var token = Add(change, actor.PersonId, request, text);
                return Task.FromResult<Outcome<NewToken>>(new NewToken(token.Id, text, token.ExpiresAt));
            }, ct);
    }

    /// <summary>Keeps the hash of a token's text, and records that it was made.</summary>
    internal static ApiToken Add(Change change, Guid personId, CreateToken request, string text)
    {
        var token = new ApiToken(Guid.CreateVersion7(change.Now), personId, request.Name.Trim(), ActorDirectory.HashOf(text), TokenText.HintOf(text),
            TokenScopes.Combine(request.Scopes), change.Now, change.Now.AddDays(request.Days));
        change.Db.ApiTokens.Add(token);
        change.Audit("token.created", "token", token.Id, token.Name, new { PersonId = personId, token.Hint, Scopes = TokenScopes.List(token.Scopes), token.ExpiresAt });
        change.Publish("people");
        return token;
    }
}
