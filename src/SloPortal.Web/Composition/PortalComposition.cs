using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.EntityFrameworkCore;
using MudBlazor.Services;
using SloPortal.Application;
using SloPortal.Application.Common;
using SloPortal.Application.Measurement.Ingest.Writing;
using SloPortal.Data;
using SloPortal.Data.Common;
using SloPortal.Web.Access;
using SloPortal.Web.Access.Session;
using SloPortal.Web.Access.Teams;
using SloPortal.Web.Budgets;
using SloPortal.Web.Catalog;
using SloPortal.Web.Changes;
using SloPortal.Web.Common;
using SloPortal.Web.Home;
using SloPortal.Web.Governance;
using SloPortal.Web.Incidents;
using SloPortal.Web.Incidents.Detection.Intake;
using SloPortal.Web.Incidents.OnCall;
using SloPortal.Web.Incidents.OnCall.Hours;
using SloPortal.Web.Incidents.Timeline.Clocks;
using SloPortal.Web.Incidents.Runbooks;
using SloPortal.Web.Incidents.Updates;
using SloPortal.Web.Measurement;
using SloPortal.Web.Measurement.Otlp;
using SloPortal.Web.Objectives;
using SloPortal.Web.Objectives.Dependencies;
using SloPortal.Web.Objectives.Portfolio;
using SloPortal.Web.Objectives.Room;
using SloPortal.Web.Remediation;
using SloPortal.Web.Remediation.Targets;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Composition;

/// <summary>The composition root: the only place in Web that knows all parts of the program.</summary>
internal static class PortalComposition
{
    public static async Task AddPortalAsync(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.AddPortalData(await services.ConnectionStringAsync(builder.Configuration));
        services.AddSingleton(builder.Configuration.GetSection("Ingest").Get<IngestSettings>() ?? new IngestSettings());
        services.AddPortalApplication();
        services.AddPortalAccess(builder.Configuration);
        builder.WebHost.ConfigureKestrel(options => options.Limits.MaxRequestBodySize = RequestLimits.Usual);
        services.Configure<SmtpSettings>(builder.Configuration.GetSection("Smtp"));
        services.AddPalette();
        services.AddSingleton(new ServicePart(typeof(ServiceObjectives), 10));
        services.AddSingleton(new ServicePart(typeof(ServiceSlis), 20));
        services.AddTransient<OpenWork.Reader>();
        services.AddSingleton(new TeamPart(typeof(NotificationTargets), 10));
        services.AddSingleton(new TeamPart(typeof(TeamSources), 20));
        services.AddIntake();
        services.AddSingleton(new TeamPart(typeof(BusinessHoursForm), 30));
        services.AddSingleton(new ServicePart(typeof(ServiceDeployments), 30));
        services.AddSingleton(new ServicePart(typeof(ServiceActions), 15));
        services.AddSingleton(new ServicePart(typeof(ServiceContracts), 13));
        services.AddSingleton(new ObjectivePart(typeof(BurnedMinutesBill), 10));
        services.AddSingleton(new ProposalPart(typeof(AspirationPanel), 10));
        services.AddSingleton(new ProposalPart(typeof(DemandsPanel), 20));
        services.AddSingleton(new ObjectivePart(typeof(ObjectiveExternals), 20));
        services.AddSingleton(new ObjectivePart(typeof(ObjectiveCorrections), 30));
        services.AddSingleton(new ServicePart(typeof(ServiceDependencies), 12));
        services.AddSingleton(new ServicePart(typeof(ServiceScorePart), 14));
        services.AddSingleton(new ServicePart(typeof(ServiceRunbook), 16));
        services.AddSingleton(new IncidentPart(typeof(UpdatesPart), 5));
        services.AddSingleton(new IncidentPart(typeof(IncidentActions), 10));
        services.AddSingleton(new IncidentPart(typeof(ClocksPanel), 20));
        services.AddScoped<CircuitLine>();
        services.AddScoped<CircuitHandler>(provider => provider.GetRequiredService<CircuitLine>());
        services.AddHostedService<PassTimer>();
        services.AddMudServices();
        services.AddRazorComponents().AddInteractiveServerComponents().AddHubOptions(options => options.MaximumReceiveMessageSize = RequestLimits.PageMessage);
        services.AddSingleton<IProblemDetailsWriter, OtlpProblemWriter>();
        services.AddProblemDetails();
        services.ConfigureHttpJsonOptions(options => PortalJson.Apply(options.SerializerOptions));
        services.AddExceptionHandler<DatabaseAwayHandler>();
        services.AddExceptionHandler<BadRequestHandler>();
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddApiDocument();
        services.AddPortalMetrics();
        services.Configure<ForwardedHeadersOptions>(options => TrustedProxies.Apply(options, builder.Configuration["Portal:TrustedProxies"]));
    }

    public static async Task PrepareDatabaseAsync(this WebApplication app)
    {
        var clock = app.Services.GetRequiredService<TimeProvider>();
        await DatabaseWait.UntilItAnswersAsync(async ct =>
        {
            await using var db = await app.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(ct);
            await PortalDatabase.PrepareAsync(db, clock.GetUtcNowInMicroseconds(), ct);
        }, clock, app.Logger, app.Lifetime.ApplicationStopping);
    }

    public static void UsePortal(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseSecurityHeaders();
        DatabaseAwayHandler.AddRetryAfter(app);
        app.UseHsts();
        app.UsePortalMetrics();
        app.UseWhen(context => ApiPaths.Own(context.Request.Path), api => api.UseExceptionHandler().UseStatusCodePages());
        app.UseWhen(context => !ApiPaths.Own(context.Request.Path), pages => pages.UseExceptionHandler("/error").UseStatusCodePagesWithReExecute("/not-found"));
        app.UseRouting();
        app.UseSetUpGate();
        app.UseAuthentication();
        app.UseAuthorization();
        app.Use(app.Services.GetRequiredService<RateLimits>().CheckAsync);
        app.UseAntiforgery();
        // Nobody signs in for a stylesheet, and it must come while the database is away.
        app.MapStaticAssets().ShortCircuit();
        app.MapPortalApi();
        app.MapSessions();
        // The framework's own policy on frames would only repeat ours in a second header.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
    }
}
