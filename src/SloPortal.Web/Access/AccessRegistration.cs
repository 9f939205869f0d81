using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using SloPortal.Data;
using SloPortal.Data.Access;

namespace SloPortal.Web.Access;

internal static class AccessRegistration
{
    /// <summary>Sessions by cookie for people, bearer tokens for programs.</summary>
    public static IServiceCollection AddPortalAccess(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("SloPortal").PersistKeysToDbContext<PortalDbContext>();
        services.AddHttpContextAccessor();
        services.AddCascadingAuthenticationState();
        services.AddScoped<CurrentActor>();
        services.AddAuthentication(options =>
            {
                options.DefaultScheme = IdentityConstants.ApplicationScheme;
                options.DefaultSignInScheme = IdentityConstants.ExternalScheme;
            })
            .AddScheme<BearerTokenOptions, BearerTokenHandler>(BearerTokenHandler.Scheme, null)
            .AddIdentityCookies();
        services.AddIdentityCore<Person>(options =>
            {
                options.User.RequireUniqueEmail = true;
                options.Password.RequiredLength = 12;
                options.Password.RequireDigit = options.Password.RequireLowercase = options.Password.RequireUppercase = options.Password.RequireNonAlphanumeric = false;
                options.Lockout.MaxFailedAccessAttempts = 5;
                options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
            })
            .AddRoles<IdentityRole<Guid>>()
            .AddEntityFrameworkStores<PortalDbContext>()
            .AddSignInManager()
            .AddDefaultTokenProviders();
        services.AddAuthorizationBuilder()
            .AddPolicy(AccessPolicies.Api, policy => policy
                .AddAuthenticationSchemes(BearerTokenHandler.Scheme, IdentityConstants.ApplicationScheme)
                .RequireAuthenticatedUser());
        return services;
    }
}
