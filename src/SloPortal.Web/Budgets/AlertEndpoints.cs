using SloPortal.Application.Budgets.Alerts;
using SloPortal.Application.Budgets.Notifying;
using SloPortal.Application.Budgets.Policies;
using SloPortal.Domain.Budgets;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Budgets;

internal static class AlertEndpoints
{
    public static void MapAlerts(this RouteGroupBuilder api)
    {
        var alerts = api.MapGroup("/").WithTags("Alerts");

        alerts.MapGet("/alerts", async (string? filter, bool? firing, EnumWord<AlertSeverity>? severity, string? service, int? page, int? size, ListAlerts.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(new ListAlerts(filter, firing, severity?.Value, page ?? 1, size ?? 50, service), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListAlerts").WithSummary("Burn alerts, firing ones first, with their evidence and who was told");

        alerts.MapGet("/alert-policies", async (ListAlertPolicies.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(new ListAlertPolicies(), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListAlertPolicies").WithSummary("The tables by which burn alerts fire");

        alerts.MapPut("/alert-policies/{id:guid}", async (Guid id, PolicyChange to, ChangeAlertPolicy.Handler change, CurrentActor current, CancellationToken ct) =>
                (await change.HandleAsync(new ChangeAlertPolicy(id, to.Source, to.Rules, to.RowVersion), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("ChangeAlertPolicy").WithSummary("Changes the rules of a policy");

        var targets = alerts.MapGroup("/teams/{team}/notification-targets");
        targets.MapGet("/", async (string team, ListNotificationTargets.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(new ListNotificationTargets(team), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListNotificationTargets").WithSummary("Where a team is told");
        targets.MapPost("/", async (string team, TargetGiven given, AddNotificationTarget.Handler add, CurrentActor current, CancellationToken ct) =>
                (await add.HandleAsync(new AddNotificationTarget(team, given.Channel, given.Address, given.MinimumSeverity, given.Secret), await current.GetAsync(ct), ct))
                .ToCreated(id => $"/api/v1/teams/{team}/notification-targets/{id}"))
            .WithName("AddNotificationTarget").WithSummary("Adds a mail address or a webhook");
        targets.MapDelete("/{id:guid}", async (string team, Guid id, RemoveNotificationTarget.Handler remove, CurrentActor current, CancellationToken ct) =>
                (await remove.HandleAsync(new RemoveNotificationTarget(team, id), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("RemoveNotificationTarget").WithSummary("Tells a target no more");
        targets.MapPost("/{id:guid}/test", async (string team, Guid id, SendTestMessage.Handler test, CurrentActor current, CancellationToken ct) =>
                (await test.HandleAsync(new SendTestMessage(team, id), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("SendTestMessage").WithSummary("Sends a test message at once");
    }
}

internal sealed record PolicyChange(string Source, IReadOnlyList<RuleInput> Rules, uint? RowVersion);

internal sealed record TargetGiven(NotificationChannel Channel, string Address, AlertSeverity MinimumSeverity, string? Secret);
