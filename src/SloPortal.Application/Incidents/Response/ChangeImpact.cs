using System.Globalization;
using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Incidents.Response;

/// <summary>Corrects when users felt the incident, and how many did.</summary>
/// <param name="EndedAt">Null while they may still feel it.</param>
/// <param name="UsersAffected">Null where nobody knows.</param>
/// <param name="Version">As it was read; another one means that somebody else changed the incident since. Null skips the check.</param>
public sealed record ChangeImpact(
    int Number, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, long? UsersAffected, string? ClientKey = null, bool ConfirmUnusualTime = false, uint? Version = null)
{
    public sealed class Validator : AbstractValidator<ChangeImpact>
    {
        public Validator()
        {
            RuleFor(r => r.StartedAt).NotEmpty().WithMessage("Give the start.");
            RuleFor(r => r.ClientKey).MustBeClientKey();
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        /// <returns>The number of the timeline's entry.</returns>
        public Task<Outcome<int>> HandleAsync(ChangeImpact request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ChangeImpact, int>(request, actor, Permission.Respond, async change =>
            {
                var found = await IncidentToChange.FindAsync(change, request.Number, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var incident = found.Value;
                if (await IncidentToChange.RepeatedAsync(change, incident, request.ClientKey, ct) is { } known)
                    return known;
                if (request.Version is { } read && read != incident.Version)
                    return IncidentToChange.ChangedSince();
                foreach (var (field, before, at) in new[] { (nameof(StartedAt), incident.StartedAt, (DateTimeOffset?)request.StartedAt), (nameof(EndedAt), incident.EndedAt, request.EndedAt) })
                {
                    if (at != before && await AskedTime.AskAsync(change.Db, field, at, incident.ServiceIds, change.Now, request.ConfirmUnusualTime, ct) is { } question)
                        return question;
                }

                var (startedAt, endedAt, users) = (incident.StartedAt, incident.EndedAt, incident.UsersAffected);
                if (incident.ChangeImpact(request.StartedAt.ToUniversalTime(), request.EndedAt?.ToUniversalTime(), request.UsersAffected) is { } refusal)
                    return refusal;
                var changes = new FieldChanges().Add("startedAt", startedAt, incident.StartedAt).Add("endedAt", endedAt, incident.EndedAt).Add("usersAffected", users, incident.UsersAffected);
                if (changes.Details.Count == 0)
                    return Refusal.Conflict("Start, end and users affected are so already.");
                string[] parts =
                [
                    .. startedAt == incident.StartedAt ? Array.Empty<string>() : [$"start from {Text(startedAt)} to {Text(incident.StartedAt)}"],
                    .. endedAt == incident.EndedAt ? Array.Empty<string>() : [$"end from {Text(endedAt)} to {Text(incident.EndedAt)}"],
                    .. users == incident.UsersAffected ? Array.Empty<string>() : [$"users affected from {Text(users)} to {Text(incident.UsersAffected)}"],
                ];
                return await IncidentToChange.RecordAsync(change, incident, "incident.impact_changed", new NewEntry(
                    EntryKind.Impact, "Impact corrected: " + string.Join("; ", parts), ClientKey: request.ClientKey, Details: changes.Details), ct);
            }, ct);

        private static string Text(DateTimeOffset? at) => at is { } instant ? instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture) : "open";

        private static string Text(long? users) => users?.ToString("N0", CultureInfo.InvariantCulture) ?? "unknown";
    }
}
