using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Domain.Access;

namespace SloPortal.Web.Access;

/// <summary>Who is behind this request or this circuit.</summary>
internal sealed class CurrentActor(IHttpContextAccessor http, AuthenticationStateProvider state, ActorDirectory directory)
{
    private Actor? last;

    /// <summary>Nobody has permission for anything; what an anonymous request or a closed account gets.</summary>
    public static Actor Nobody { get; } = new() { Kind = ActorKind.Person, Name = "nobody", Scopes = TokenScope.None };

    public async Task<Actor> GetAsync(CancellationToken ct = default)
    {
        if (http.HttpContext?.Features.Get<Actor>() is { } token)
            return token;
        // A circuit outlives its request, so there the state provider answers.
        var user = http.HttpContext?.User is { Identity.IsAuthenticated: true } requester ? requester : await UserOfCircuitAsync();
        if (!Guid.TryParse(user?.FindFirstValue(ClaimTypes.NameIdentifier), out var id))
            return Nobody;
        try
        {
            return last = await directory.FindPersonAsync(id, ct) ?? Nobody;
        }
        catch (Exception e) when (last?.PersonId == id && PortalFailure.IsDatabaseAway(e))
        {
            // The operation meets the same database and answers for it, so that a form keeps what was typed.
            return last;
        }
    }

    private async Task<ClaimsPrincipal?> UserOfCircuitAsync()
    {
        try
        {
            return (await state.GetAuthenticationStateAsync()).User;
        }
        catch (InvalidOperationException)
        {
            // Outside a component there is no authentication state, only the request.
            return null;
        }
    }
}
