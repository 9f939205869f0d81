using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using SloPortal.Application.Access;
using SloPortal.Application.Common;

namespace SloPortal.Web.Access;

/// <summary>Who is signed in on a live page. Such a page outlives its request, so the session is asked for again while it is open.</summary>
internal sealed class SessionState(ILoggerFactory logger, ActorDirectory directory) : RevalidatingServerAuthenticationStateProvider(logger)
{
    protected override TimeSpan RevalidationInterval => ActorDirectory.Freshness;

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        try
        {
            return await SessionCookie.StandsAsync(authenticationState.User, directory, cancellationToken);
        }
        catch (Exception e) when (PortalFailure.IsDatabaseAway(e))
        {
            // Nobody can say otherwise, and nothing can be read or changed meanwhile. To end the session would throw away what was typed.
            return true;
        }
    }
}
