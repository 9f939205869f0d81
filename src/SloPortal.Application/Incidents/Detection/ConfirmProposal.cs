using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Access.Notices;
using SloPortal.Application.Incidents.Response;
using SloPortal.Application.Incidents.Response.WarRooms;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Application.Measurement;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Detection;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Incidents.Detection;

/// <summary>Who takes a role.</summary>
public sealed record RoleGiven(IncidentRole Role, Guid Person);

/// <summary>
/// Makes an incident of a burn alert. It starts when the burn began, as far as the counts say; later alerts of the same objective
/// join it.
/// </summary>
/// <param name="Roles">Who takes which role; without a commander it is the actor.</param>
/// <param name="Title">Null names service and objective.</param>
/// <param name="WarRoom">Whether a war room is opened with it; null does as the policy recommends.</param>
/// <param name="Reason">Why severity or war room are others than recommended; then it must be there.</param>
public sealed record ConfirmProposal(
    Guid Id, IncidentSeverity Severity, IReadOnlyList<RoleGiven>? Roles = null, string? Title = null, string? Summary = null, bool? WarRoom = null, string? Reason = null)
{
    public sealed class Validator : AbstractValidator<ConfirmProposal>
    {
        public Validator()
        {
            RuleFor(r => r.Severity).MustBeSeverity();
            RuleFor(r => r.Title!).MustBeIncidentTitle().When(r => r.Title is not null);
            RuleFor(r => r.Summary).MustBeIncidentSummary();
            RuleFor(r => r.Reason).MaximumLength(2000).WithMessage("A reason has at most 2,000 characters.");
            RuleForEach(r => r.Roles).Must(r => r is not null && Enum.IsDefined(r.Role)).WithMessage("A role is commander, operationsLead, communications or scribe.");
            RuleFor(r => r.Roles).Must(r => r is null || r.DistinctBy(x => x?.Role).Count() == r.Count).WithMessage("A role goes to one person.");
        }
    }

    public sealed class Handler(UnitOfWork work, SliCounts counts)
    {
        /// <returns>The number of the incident.</returns>
        public Task<Outcome<int>> HandleAsync(ConfirmProposal request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ConfirmProposal, int>(request, actor, Permission.RunIncidents, async change =>
            {
                var found = await ProposalToDecide.FindAsync(change, request.Id, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var subject = found.Value;
                var roles = RolesOf(request, actor);
                var names = await IncidentPeople.NamesAsync(change.Db, nameof(Roles), [.. roles.Select(r => r.Person).Distinct()], ct);
                if (!names.Succeeded)
                    return names.Refusal;

                var title = request.Title?.Trim() ?? $"{subject.ServiceName}: {subject.ObjectiveName} burns its budget";
                var incident = new Incident(
                    Guid.CreateVersion7(change.Now), title.Length <= 200 ? title : title[..200], request.Summary?.Trim() ?? "", request.Severity,
                    await StartAsync(change, subject, ct), actor.PersonId, change.Now);
                var warRoom = request.WarRoom ?? subject.Recommended?.WarRoom ?? false;
                if (subject.Proposal.Confirm(incident.Id, request.Severity, warRoom, subject.Recommended, request.Reason, actor.PersonId, actor.Name, change.Now) is { } refusal)
                    return refusal;
                incident.Join(subject.Alert.Id, subject.Proposal.ObjectiveId, subject.ServiceId);
                foreach (var role in roles)
                    incident.Assign(role.Role, role.Person);
                change.Db.Incidents.Add(incident);
                await change.Db.SaveChangesAsync(ct);
                NewEntry[] opened = warRoom ? [(await OpenWarRoom.OpenAsync(change, incident, ct)).Value!] : [];

                await TimelineWriter.AppendAsync(change, incident, [
                    new NewEntry(EntryKind.Declared, $"Declared from a burn alert as {SeverityLevel.Code(incident.Severity)}: {incident.Title}",
                        Details: new { incident.Severity, incident.StartedAt, subject.Alert.Id, Proposal = subject.Proposal.Id }),
                    .. opened,
                    .. roles.Select(r => new NewEntry(EntryKind.Role, $"{names.Value[r.Person]} is {IncidentRoles.Word(r.Role)}", Details: new { r.Role, r.Person }))], ct);
                change.Audit("incident_proposal.confirmed", "incident_proposal", subject.Proposal.Id, subject.Name,
                    new { Incident = incident.Code, Recommended = subject.Recommended, request.Severity, WarRoom = warRoom, subject.Proposal.Reason });
                change.Audit("incident.declared", "incident", incident.Id, IncidentToChange.Named(incident), new { incident.Severity, incident.StartedAt, Roles = roles });
                change.Publish(IncidentToChange.Topic);
                foreach (var role in roles.Where(r => r.Person != actor.PersonId))
                    change.Tell([role.Person], $"You are {IncidentRoles.Word(role.Role)} of {incident.Code}: {incident.Title}", IncidentAddresses.Of(incident.Number));
                return incident.Number;
            }, ct);

        private static List<RoleGiven> RolesOf(ConfirmProposal request, Actor actor)
        {
            List<RoleGiven> roles = [.. request.Roles ?? []];
            if (actor.PersonId != Guid.Empty && !roles.Exists(r => r.Role == IncidentRole.Commander))
                roles.Add(new(IncidentRole.Commander, actor.PersonId));
            return roles;
        }

        private async Task<DateTimeOffset> StartAsync(Change change, ProposalToDecide subject, CancellationToken ct)
        {
            var alert = subject.Alert;
            var version = await change.Db.ObjectiveVersions.AsNoTracking().SingleAsync(v => v.Id == alert.VersionId, ct);
            var minutes = await counts.BucketsAsync(version.CountsId, Interval.EndingAt(alert.FiredAt, alert.LongWindow), BucketSize.Minute, ct);
            return BurnStart.Of(minutes, alert.FiredAt, alert.ShortWindow, version.Target, alert.Factor);
        }
    }
}
