using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Incidents.Response;

/// <summary>Says anew what is wrong. The old words stay in the timeline.</summary>
/// <param name="Version">As it was read; another one means that somebody else changed the incident since. Null skips the check.</param>
public sealed record DescribeIncident(int Number, string Title, string? Summary, uint? Version = null)
{
    public sealed class Validator : AbstractValidator<DescribeIncident>
    {
        public Validator()
        {
            RuleFor(r => r.Title).MustBeIncidentTitle();
            RuleFor(r => r.Summary).MustBeIncidentSummary();
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        /// <returns>The number of the timeline's entry.</returns>
        public Task<Outcome<int>> HandleAsync(DescribeIncident request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<DescribeIncident, int>(request, actor, Permission.Respond, async change =>
            {
                var found = await IncidentToChange.FindAsync(change, request.Number, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var incident = found.Value;
                if (request.Version is { } read && read != incident.Version)
                    return IncidentToChange.ChangedSince();
                var (title, summary) = (incident.Title, incident.Summary);
                incident.Describe(request.Title.Trim(), request.Summary?.Trim() ?? "");
                var changes = new FieldChanges().Add("title", title, incident.Title).Add("summary", summary, incident.Summary);
                if (changes.Details.Count == 0)
                    return Refusal.Conflict("Title and summary are so already.");
                return await IncidentToChange.RecordAsync(change, incident, "incident.described", new NewEntry(
                    EntryKind.Note, title == incident.Title ? "Summary changed" : $"Title changed from “{title}” to “{incident.Title}”", Details: changes.Details), ct);
            }, ct);
    }
}
