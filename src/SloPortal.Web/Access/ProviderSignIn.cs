using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using SloPortal.Application.Access;
using SloPortal.Application.Access.Signing;
using SloPortal.Domain.Access;

namespace SloPortal.Web.Access;

/// <summary>OpenID Connect, code flow with PKCE.</summary>
internal static class ProviderSignIn
{
    public const string Scheme = "Oidc";

    // The first second of the year 10000, which no instant can hold.
    private const long Farthest = 253_402_300_800;

    public static void Add(IServiceCollection services, AuthenticationBuilder authentication, IConfiguration configuration)
    {
        var section = configuration.GetSection("Oidc");
        services.Configure<ProviderSettings>(section);
        var settings = section.Get<ProviderSettings>() ?? new ProviderSettings();
        if (!settings.IsConfigured)
            return;
        authentication.AddCookie(IdentityConstants.ExternalScheme, options =>
        {
            options.Cookie.Name = "sloportal-provider";
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.ExpireTimeSpan = TimeSpan.FromMinutes(5);
        });
        authentication.AddOpenIdConnect(Scheme, options =>
        {
            options.SignInScheme = IdentityConstants.ExternalScheme;
            options.Authority = settings.Authority;
            options.ClientId = settings.ClientId;
            options.ClientSecret = settings.ClientSecret;
            options.RequireHttpsMetadata = !settings.AllowHttp;
            options.ResponseType = OpenIdConnectResponseType.Code;
            // By query the answer is an ordinary navigation, for which cookies with SameSite=Lax are sent; a form post would need None.
            options.ResponseMode = OpenIdConnectResponseMode.Query;
            options.UsePkce = true;
            options.MapInboundClaims = false;
            options.GetClaimsFromUserInfoEndpoint = true;
            // The default set drops the issuer, which is half of a person's identity here.
            options.ClaimActions.Clear();
            foreach (var claim in new[] { "email", "email_verified", "name", "preferred_username", settings.RoleClaim }.OfType<string>())
                options.ClaimActions.MapJsonKey(claim, claim);
            options.CallbackPath = "/sign-in/provider/callback";
            options.CorrelationCookie.SameSite = options.NonceCookie.SameSite = SameSiteMode.Lax;
            options.CorrelationCookie.SecurePolicy = options.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            foreach (var scope in settings.Scopes.Append("email").Except(options.Scope))
                options.Scope.Add(scope);
            options.Events.OnRemoteFailure = context =>
            {
                context.HttpContext.RequestServices.GetRequiredService<ILogger<ProviderSettings>>()
                    .LogWarning("A sign-in by {Authority} failed: {Reason}", settings.Authority, context.Failure?.Message);
                context.Response.Redirect($"{Routes.SignIn}?provider=failed");
                context.HandleResponse();
                return Task.CompletedTask;
            };
        });
    }

    /// <summary>A link and not a form: the policy on form targets would stop a form that ends at the provider.</summary>
    public static void MapProviderSignIn(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<IOptions<ProviderSettings>>().Value.IsConfigured)
            return;
        app.MapGet(Routes.ProviderSignIn, (string? returnUrl, string? confirms) => TypedResults.Challenge(Asking(LocalAddress.OrHome(returnUrl), confirms), [Scheme]))
            .AllowAnonymous().ExcludeFromDescription();
    }

    /// <param name="confirms">What is to be signed; then the provider must ask who this is, also where its own session still runs.</param>
    private static OpenIdConnectChallengeProperties Asking(string returnUrl, string? confirms)
    {
        var done = $"{Routes.ProviderSignedIn}?returnUrl={Uri.EscapeDataString(returnUrl)}";
        return confirms is null ? new() { RedirectUri = done }
            : new() { RedirectUri = $"{done}&confirms={Uri.EscapeDataString(confirms)}", Prompt = OpenIdConnectPrompt.Login, MaxAge = TimeSpan.Zero };
    }

    /// <summary>The fresh sign-in that the provider reports, as a request to the operation.</summary>
    public static ConfirmByProvider ToConfirmation(ClaimsPrincipal principal, ProviderSettings settings, string confirms) => new(
        principal.FindFirstValue("iss") ?? settings.Authority!,
        principal.FindFirstValue("sub") ?? "",
        long.TryParse(principal.FindFirstValue("auth_time"), NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < Farthest ? DateTimeOffset.FromUnixTimeSeconds(at) : null,
        confirms);

    /// <summary>What the provider said, as a request to the operation.</summary>
    public static SignInWithProvider ToRequest(ClaimsPrincipal principal, ProviderSettings settings)
    {
        var roles = settings.RoleClaim is null ? null
            : principal.FindAll(settings.RoleClaim).Where(c => settings.Roles.ContainsKey(c.Value)).Select(c => settings.Roles[c.Value]).Distinct().ToList();
        return new SignInWithProvider(
            principal.FindFirstValue("iss") ?? settings.Authority!,
            principal.FindFirstValue("sub") ?? "",
            principal.FindFirstValue("email"),
            string.Equals(principal.FindFirstValue("email_verified"), "true", StringComparison.OrdinalIgnoreCase),
            principal.FindFirstValue("name") ?? principal.FindFirstValue("preferred_username"),
            roles is { Count: 0 } ? [Role.Viewer] : roles,
            settings.CreateUnknown);
    }
}
