using Microsoft.AspNetCore.Http.HttpResults;
using SloPortal.Application.Incidents;
using SloPortal.Application.Incidents.Detection;
using SloPortal.Application.Incidents.Response;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Incidents;

internal static class IncidentEndpoints
{
    public static void MapIncidents(this RouteGroupBuilder api)
    {
        var incidents = api.MapGroup("/incidents").WithTags("Incidents");
        incidents.MapGet("/", async ([AsParameters] IncidentsAsked asked, ListIncidents.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(asked.Request(), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListIncidents").WithSummary("Incidents that the caller may see, what hurts most first");
        incidents.MapPost("/", async (DeclareIncident request, DeclareIncident.Handler declare, CurrentActor current, CancellationToken ct) =>
                (await declare.HandleAsync(request, await current.GetAsync(ct), ct)).ToCreated(number => $"/api/v1/incidents/{number}"))
            .WithName("DeclareIncident").WithSummary("Declares an incident; answers with its number");
        incidents.MapGet("/{number:int}", async (int number, GetIncident.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetIncident(number), await current.GetAsync(ct), ct)).ToOk())
            .WithName("GetIncident").WithSummary("One incident, with the budget that it burned so far; reading a restricted one is recorded");

        incidents.MapPost("/{number:int}/status", async (int number, StatusGiven to, ChangeStatus.Handler change, CurrentActor current, CancellationToken ct) =>
                (await change.HandleAsync(new ChangeStatus(number, to.Status, to.OccurredAt, to.Note, to.ClientKey, to.ConfirmUnusualTime), await current.GetAsync(ct), ct)).ToEntry())
            .WithName("ChangeIncidentStatus").WithSummary("Takes the incident to another status; a refusal says which are legal");
        incidents.MapPost("/{number:int}/severity", async (int number, SeverityGiven to, ChangeSeverity.Handler change, CurrentActor current, CancellationToken ct) =>
                (await change.HandleAsync(new ChangeSeverity(number, to.Severity, to.Reason, to.OccurredAt, to.ClientKey, to.ConfirmUnusualTime), await current.GetAsync(ct), ct)).ToEntry())
            .WithName("ChangeIncidentSeverity").WithSummary("Changes the severity, with a reason");
        incidents.MapPut("/{number:int}/roles/{role}", async (int number, EnumWord<IncidentRole> role, HolderGiven to, AssignRole.Handler assign, CurrentActor current, CancellationToken ct) =>
                (await assign.HandleAsync(new AssignRole(number, role.Value, to.Person, to.OccurredAt, to.ClientKey, to.ConfirmUnusualTime), await current.GetAsync(ct), ct)).ToEntry())
            .WithName("AssignIncidentRole").WithSummary("Gives a role to a person, or leaves it open");
        incidents.MapPut("/{number:int}/impact", async (int number, ImpactGiven to, ChangeImpact.Handler change, CurrentActor current, CancellationToken ct) =>
                (await change.HandleAsync(new ChangeImpact(number, to.StartedAt, to.EndedAt, to.UsersAffected, to.ClientKey, to.ConfirmUnusualTime, to.Version), await current.GetAsync(ct), ct)).ToEntry())
            .WithName("ChangeIncidentImpact").WithSummary("Corrects start, end and users affected");
        incidents.MapPut("/{number:int}/description", async (int number, DescriptionGiven to, DescribeIncident.Handler describe, CurrentActor current, CancellationToken ct) =>
                (await describe.HandleAsync(new DescribeIncident(number, to.Title, to.Summary, to.Version), await current.GetAsync(ct), ct)).ToEntry())
            .WithName("DescribeIncident").WithSummary("Changes title and summary; the old words stay in the timeline");
        incidents.MapPut("/{number:int}/affected", async (int number, AffectedGiven to, ChangeAffected.Handler change, CurrentActor current, CancellationToken ct) =>
                (await change.HandleAsync(new ChangeAffected(number, to.Services, to.Objectives), await current.GetAsync(ct), ct)).ToEntry())
            .WithName("ChangeIncidentAffected").WithSummary("Says which services and objectives are affected");
        incidents.MapPost("/{number:int}/merge", async (int number, MergeGiven to, MergeIncidents.Handler merge, CurrentActor current, CancellationToken ct) =>
                (await merge.HandleAsync(new MergeIncidents(number, to.Into, to.ConfirmRestriction), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("MergeIncidents").WithSummary("Lets the incident go on in another, without losing an entry");
        incidents.MapPut("/{number:int}/restriction", async (int number, ReadersGiven to, RestrictIncident.Handler restrict, CurrentActor current, CancellationToken ct) =>
                (await restrict.HandleAsync(new RestrictIncident(number, to.Readers), await current.GetAsync(ct), ct)).ToEntry())
            .WithName("RestrictIncident").WithSummary("Lets only named people, the caller among them, see the incident");
        incidents.MapPost("/{number:int}/restriction/lift", async (int number, ReasonGiven to, LiftRestriction.Handler lift, CurrentActor current, CancellationToken ct) =>
                (await lift.HandleAsync(new LiftRestriction(number, to.Reason), await current.GetAsync(ct), ct)).ToEntry())
            .WithName("LiftIncidentRestriction").WithSummary("Lets everybody see the incident again, with a reason");

        api.MapGet("/objectives/{service}/{slug}/bill", async (
                    string service, string slug, string? range, DateTimeOffset? from, DateTimeOffset? to, GetBudgetBill.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetBudgetBill(service, slug, range, from, to), await current.GetAsync(ct), ct)).ToOk())
            .WithTags("Incidents").WithName("GetBudgetBill").WithSummary("What an objective's failed events are explained by, incident by incident, and what nothing explains")
            .WithDescription("For the objective's own window, or give range (1h, 1d, 7d, 30d, 90d, 1y) or from and to; null before a version is in force.");

        var proposals = api.MapGroup("/incident-proposals").WithTags("Incidents");
        proposals.MapGet("/", async (bool? waiting, ListIncidentProposals.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(new ListIncidentProposals(waiting ?? true), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListIncidentProposals").WithSummary("Burn alerts that may be incidents; waiting=false gives the decided ones too");
        proposals.MapPost("/{id:guid}/confirm", async (Guid id, Confirmation to, ConfirmProposal.Handler confirm, CurrentActor current, CancellationToken ct) =>
                (await confirm.HandleAsync(new ConfirmProposal(id, to.Severity, to.Roles, to.Title, to.Summary, to.WarRoom, to.Reason), await current.GetAsync(ct), ct)).ToCreated(number => $"/api/v1/incidents/{number}"))
            .WithName("ConfirmIncidentProposal").WithSummary("Makes an incident of a burn alert; answers with its number")
            .WithDescription("Without warRoom it is opened where the policy recommends one. Another severity or war room than recommended needs a reason.");
        proposals.MapPost("/{id:guid}/decline", async (Guid id, ReasonGiven to, DeclineProposal.Handler decline, CurrentActor current, CancellationToken ct) =>
                (await decline.HandleAsync(new DeclineProposal(id, to.Reason), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("DeclineIncidentProposal").WithSummary("Says that a burn alert is no incident, and why");

        var severities = api.MapGroup("/severity-levels").WithTags("Incidents");
        severities.MapGet("/", async (ListSeverityLevels.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(new ListSeverityLevels(), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListSeverityLevels").WithSummary("What each severity means, the worst first");
        severities.MapPut("/{severity}", async (EnumWord<IncidentSeverity> severity, SeverityLevelGiven to, ChangeSeverityLevel.Handler change, CurrentActor current, CancellationToken ct) =>
                (await change.HandleAsync(new ChangeSeverityLevel(severity.Value, to.Name, to.Criteria, to.Source, to.Version), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("ChangeSeverityLevel").WithSummary("Says anew what a severity means");
    }

    /// <summary>The entry that stands in the timeline for the change.</summary>
    internal static Results<Ok<EntryWritten>, ProblemHttpResult> ToEntry(this Outcome<int> outcome) =>
        outcome.Succeeded ? TypedResults.Ok(new EntryWritten(outcome.Value)) : OutcomeResults.Problem(outcome.Refusal);
}

internal sealed record IncidentsAsked
{
    public bool? Open { get; init; }
    public EnumWord<IncidentSeverity>? Severity { get; init; }
    public string? Service { get; init; }
    public string? Text { get; init; }
    public DateTimeOffset? From { get; init; }
    public DateTimeOffset? To { get; init; }
    public int? Page { get; init; }
    public int? Size { get; init; }

    public ListIncidents Request() => new(Open, Severity?.Value, Service, Text, From, To, Page ?? 1, Size ?? 50);
}

/// <param name="Entry">Number of the timeline's entry.</param>
internal sealed record EntryWritten(int Entry);

internal sealed record StatusGiven(IncidentStatus Status, DateTimeOffset? OccurredAt, string? Note, string? ClientKey, bool ConfirmUnusualTime);

internal sealed record SeverityGiven(IncidentSeverity Severity, string Reason, DateTimeOffset? OccurredAt, string? ClientKey, bool ConfirmUnusualTime);

internal sealed record HolderGiven(Guid? Person, DateTimeOffset? OccurredAt, string? ClientKey, bool ConfirmUnusualTime);

internal sealed record ImpactGiven(DateTimeOffset StartedAt, DateTimeOffset? EndedAt, long? UsersAffected, string? ClientKey, bool ConfirmUnusualTime, uint? Version);

internal sealed record DescriptionGiven(string Title, string? Summary, uint? Version);

internal sealed record AffectedGiven(IReadOnlyList<string> Services, IReadOnlyList<ObjectiveKey> Objectives);

internal sealed record MergeGiven(int Into, bool ConfirmRestriction);

internal sealed record ReadersGiven(IReadOnlyList<Guid> Readers);

internal sealed record ReasonGiven(string Reason);

internal sealed record Confirmation(IncidentSeverity Severity, IReadOnlyList<RoleGiven>? Roles, string? Title, string? Summary, bool? WarRoom, string? Reason);

internal sealed record SeverityLevelGiven(string Name, string Criteria, string Source, uint? Version);
