using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using SloPortal.Data;
using SloPortal.Web.Common;

namespace SloPortal.Web.Access;

internal static class AccessRegistration
{
    /// <summary>Looks at the request and hands it to the bearer token or the session cookie, so that only one of them answers. Pages are for people.</summary>
    private const string Chooser = "Portal";

    /// <summary>Sessions by cookie for people, bearer tokens for programs.</summary>
    public static IServiceCollection AddPortalAccess(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddDataProtection().SetApplicationName("SloPortal").PersistKeysToDbContext<PortalDbContext>();
        services.AddHttpContextAccessor();
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, SessionState>();
        services.AddScoped<CurrentActor>();
        services.AddTransient<SendInvitation>();
        services.AddSingleton<AccountThrottle>();
        services.AddHostedService<SetUpAtStart>();
        var authentication = services.AddAuthentication(options =>
            {
                options.DefaultScheme = Chooser;
                options.DefaultSignInScheme = IdentityConstants.ApplicationScheme;
            })
            .AddPolicyScheme(Chooser, null, options => options.ForwardDefaultSelector = context =>
                ApiPaths.Own(context.Request.Path) && context.Request.Headers.Authorization.Count > 0 ? BearerTokenHandler.Scheme : IdentityConstants.ApplicationScheme)
            .AddScheme<BearerTokenOptions, BearerTokenHandler>(BearerTokenHandler.Scheme, null)
            .AddCookie(IdentityConstants.ApplicationScheme, SessionCookie.Configure);
        ProviderSignIn.Add(services, authentication, configuration);
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "sloportal-form";
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.AddSingleton<RateLimits>();
        services.AddAuthorizationBuilder()
            .AddPolicy(AccessPolicies.Api, policy => policy.RequireAuthenticatedUser());
        return services;
    }
}
