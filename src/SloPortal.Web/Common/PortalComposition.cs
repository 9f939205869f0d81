using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.EntityFrameworkCore;
using MudBlazor.Services;
using SloPortal.Application;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Data.Common;
using SloPortal.Web.Access;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Common;

/// <summary>The composition root: the only place in Web that knows all parts of the program.</summary>
internal static class PortalComposition
{
    public static async Task AddPortalAsync(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.AddPortalData(await services.ConnectionStringAsync(builder.Configuration));
        services.AddPortalApplication();
        services.AddPortalAccess();
        services.AddPalette();
        services.AddHostedService<PassTimer>();
        services.AddMudServices();
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddProblemDetails();
        services.ConfigureHttpJsonOptions(options => PortalJson.Apply(options.SerializerOptions));
        services.AddOpenApi("v1");
        services.Configure<ForwardedHeadersOptions>(options => options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto);
    }

    public static async Task PrepareDatabaseAsync(this WebApplication app)
    {
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        await PortalDatabase.PrepareAsync(db, app.Services.GetRequiredService<TimeProvider>().GetUtcNowInMicroseconds(), CancellationToken.None);
    }

    public static void UsePortal(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseExceptionHandler("/error");
        app.UseStatusCodePagesWithReExecute("/not-found");
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapPortalApi();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
    }
}
