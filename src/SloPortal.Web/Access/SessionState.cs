using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using SloPortal.Application.Access;

namespace SloPortal.Web.Access;

/// <summary>Who is signed in on a live page. Such a page outlives its request, so the session is asked for again while it is open.</summary>
internal sealed class SessionState(ILoggerFactory logger, ActorDirectory directory) : RevalidatingServerAuthenticationStateProvider(logger)
{
    protected override TimeSpan RevalidationInterval => ActorDirectory.Freshness;

    protected override Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        SessionCookie.StandsAsync(authenticationState.User, directory, cancellationToken);
}
