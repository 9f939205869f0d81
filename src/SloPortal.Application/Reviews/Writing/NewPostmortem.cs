using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Reviews.Writing;

namespace SloPortal.Application.Reviews.Writing;

/// <summary>How a postmortem comes to be.</summary>
internal static class NewPostmortem
{
    /// <summary>Stores it with its first revision; the database gives the number.</summary>
    public static async Task<Outcome<int>> AddAsync(
        Change change, PostmortemText text, Guid? incidentId, IncidentSeverity? severity, DateTimeOffset? startedAt, DateTimeOffset? endedAt, IEnumerable<Guid> services, CancellationToken ct)
    {
        var postmortem = new Postmortem(Guid.CreateVersion7(change.Now), incidentId, text.Title, change.Now, change.Actor.PersonId);
        if (postmortem.ChangeFacts(severity, startedAt?.ToUniversalTime(), endedAt?.ToUniversalTime(), services, []) is { } wrong)
            return wrong;
        var first = postmortem.Revise(text, change.Actor.PersonId, change.Actor.Name, change.Now);
        if (!first.Succeeded)
            return first.Refusal;
        change.Db.Postmortems.Add(postmortem);
        change.Db.PostmortemRevisions.Add(first.Value);
        await change.Db.SaveChangesAsync(ct);
        change.Record(postmortem, "begun", new { postmortem.Title, IncidentId = incidentId });
        return postmortem.Number;
    }
}
