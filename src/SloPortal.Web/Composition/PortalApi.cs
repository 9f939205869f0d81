using SloPortal.Web.Access;
using SloPortal.Web.Audit;
using SloPortal.Web.Budgets;
using SloPortal.Web.Budgets.Coverage;
using SloPortal.Web.Budgets.Tuning;
using SloPortal.Web.Catalog;
using SloPortal.Web.Changes;
using SloPortal.Web.Common;
using SloPortal.Web.Governance;
using SloPortal.Web.Governance.Retention;
using SloPortal.Web.Incidents;
using SloPortal.Web.Incidents.Deciding;
using SloPortal.Web.Incidents.Detection.Intake;
using SloPortal.Web.Incidents.Detection.Watching;
using SloPortal.Web.Incidents.OnCall;
using SloPortal.Web.Incidents.Escalation;
using SloPortal.Web.Incidents.Escalation.Pulse;
using SloPortal.Web.Incidents.Escalation.Quiet;
using SloPortal.Web.Incidents.StatusPages;
using SloPortal.Web.Incidents.Teams;
using SloPortal.Web.Incidents.Timeline;
using SloPortal.Web.Incidents.Timeline.Clocks;
using SloPortal.Web.Incidents.Timeline.Exchange;
using SloPortal.Web.Incidents.Timeline.Marks;
using SloPortal.Web.Incidents.Timeline.Phases;
using SloPortal.Web.Incidents.Runbooks;
using SloPortal.Web.Incidents.Triage;
using SloPortal.Web.Incidents.Updates;
using SloPortal.Web.Incidents.WarRooms;
using SloPortal.Web.Measurement;
using SloPortal.Web.Measurement.Beacons;
using SloPortal.Web.Measurement.Otlp;
using SloPortal.Web.Objectives;
using SloPortal.Web.Objectives.Dependencies;
using SloPortal.Web.Objectives.Portfolio;
using SloPortal.Web.Remediation;
using SloPortal.Web.Reviews;
using SloPortal.Web.Reviews.Archive;

namespace SloPortal.Web.Composition;

/// <summary>The HTTP API: one group, one policy; each area adds its endpoints.</summary>
internal static class PortalApi
{
    public static void MapPortalApi(this WebApplication app)
    {
        app.MapHealth();
        app.MapApiDocument();

        var api = app.MapGroup("/api/v1").RequireAuthorization(AccessPolicies.Api).DisableAntiforgery().RefuseCrossSiteChanges();
        api.MapAccess();
        api.MapNotices();
        api.MapAudit();
        api.MapPalette();
        api.MapCatalog();
        api.MapMeasurement();
        api.MapObjectives();
        api.MapDependencies();
        api.MapPortfolio();
        api.MapBudgets();
        api.MapCoverage();
        api.MapAlerts();
        api.MapTuning();
        api.MapChanges();
        api.MapIncidents();
        api.MapDecisions();
        api.MapWarRooms();
        api.MapIncidentTeams();
        api.MapTriage();
        api.MapRunbooks();
        api.MapSignals();
        api.MapWatch();
        api.MapOnCall();
        api.MapTimeline();
        api.MapPhases();
        api.MapMarks();
        api.MapClocks();
        api.MapTimelineExchange();
        api.MapUpdates();
        api.MapStatusPages();
        api.MapEscalation();
        api.MapPager();
        api.MapSilences();
        api.MapAttachments();
        api.MapArchive();
        api.MapExports();
        api.MapReviews();
        api.MapActions();
        api.MapContracts();
        api.MapRetention();
        api.MapIngest();
        app.MapAnswers();
        app.MapPagerHealth();

        // Anybody's browser reports, so there is no policy on it.
        app.MapBrowserReports();
        app.MapShiftCalendars();
        app.MapStatus();
        app.MapSubscriptions();

        // Senders show a key of their own, so there is no policy on it.
        app.MapIntake();

        // OpenTelemetry prescribes the address.
        app.MapGroup("/v1").RequireAuthorization(AccessPolicies.Api).DisableAntiforgery().RefuseCrossSiteChanges().MapOtlp();
    }
}
