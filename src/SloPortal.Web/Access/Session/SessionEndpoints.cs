using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace SloPortal.Web.Access.Session;

internal static class SessionEndpoints
{
    public static void MapSessions(this WebApplication app)
    {
        // Bound from a form, so the antiforgery token is asked for.
        app.MapPost(Routes.SignOut, async ([FromForm] string? returnUrl, HttpContext http) =>
            {
                await http.SignOutAsync(IdentityConstants.ApplicationScheme);
                return TypedResults.LocalRedirect(returnUrl is null ? Routes.SignIn : LocalAddress.OrHome(returnUrl));
            })
            .AllowAnonymous().ExcludeFromDescription();
        app.MapProviderSignIn();
    }
}
