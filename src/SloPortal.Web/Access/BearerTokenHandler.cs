using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using SloPortal.Application.Access;

namespace SloPortal.Web.Access;

internal sealed class BearerTokenOptions : AuthenticationSchemeOptions;

/// <summary>Answers <c>Authorization: Bearer</c> with the actor behind the token.</summary>
internal sealed class BearerTokenHandler(
    IOptionsMonitor<BearerTokenOptions> options, ILoggerFactory logger, UrlEncoder encoder, ActorDirectory directory)
    : AuthenticationHandler<BearerTokenOptions>(options, logger, encoder)
{
    public new const string Scheme = "Bearer";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();
        var actor = await directory.FindTokenAsync(header["Bearer ".Length..].Trim(), Context.RequestAborted);
        if (actor is null)
            return AuthenticateResult.Fail("The token is unknown, revoked or expired.");
        Context.Features.Set(actor);
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, actor.PersonId.ToString()), new Claim(ClaimTypes.Name, actor.Name)], Scheme);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return TypedProblem(StatusCodes.Status401Unauthorized, "Send a valid API token as \"Authorization: Bearer …\". Tokens are made under Settings, API tokens.");
    }

    private Task TypedProblem(int status, string detail)
    {
        Response.StatusCode = status;
        return TypedResults.Problem(detail: detail, statusCode: status).ExecuteAsync(Context);
    }
}
