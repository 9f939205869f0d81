using SloPortal.Application.Access;
using SloPortal.Application.Incidents.Response.Teams;
using SloPortal.Application.Incidents.Response.WarRooms;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Incidents.Response;

/// <summary>
/// Lets one incident go on in another. Each keeps its own chain of entries; whoever opens the surviving one sees all of them. Alerts,
/// services and objectives move over. Where one is restricted, both are afterwards, to those who could see both before; if anybody
/// loses sight of one by that, it is asked about first (decision 0012).
/// </summary>
/// <param name="Number">The incident that ends here.</param>
/// <param name="Into">The incident in which it goes on.</param>
/// <param name="ConfirmRestriction">Fewer people may see them afterwards, and that is meant.</param>
public sealed record MergeIncidents(int Number, int Into, bool ConfirmRestriction = false)
{
    public sealed class Handler(UnitOfWork work, IEnumerable<IIncidentPages> below)
    {
        public Task<Outcome<Done>> HandleAsync(MergeIncidents request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<MergeIncidents, Done>(request, actor, Permission.Respond, async change =>
            {
                // Always the lower number first, so that two merges that cross do not wait for each other.
                var first = await IncidentToChange.FindToRunAsync(change, Math.Min(request.Number, request.Into), ct);
                if (!first.Succeeded)
                    return first.Refusal;
                var second = request.Number == request.Into ? first : await IncidentToChange.FindToRunAsync(change, Math.Max(request.Number, request.Into), ct);
                if (!second.Succeeded)
                    return second.Refusal;
                var (merged, survivor) = request.Number < request.Into ? (first.Value, second.Value) : (second.Value, first.Value);

                if (merged.MergeInto(survivor, change.Now, request.ConfirmRestriction) is { } refusal)
                    return refusal;
                await Merged.MoveAsync(change, merged, survivor, ct);
                await Merged.MoveTasksAsync(change, merged, survivor, ct);
                await MovedTeams.MoveAsync(change, merged, survivor, ct);
                await change.Db.SaveChangesAsync(ct);
                if (await MovedTeams.ShutOutAsync(change, survivor, ct) is { } shutOut)
                    return shutOut;
                await Merged.FollowAsync(change, survivor, ct);
                if (survivor.IsRestricted)
                    await HiddenNotices.RemoveAsync(change, survivor, below, ct);
                await TimelineWriter.AppendAsync(change, merged, [new NewEntry(
                    EntryKind.Merge, $"Merged into {survivor.Code}: {survivor.Title}", Details: new { Into = survivor.Code })], ct);
                await TimelineWriter.AppendAsync(change, survivor, [new NewEntry(
                    EntryKind.Merge, $"{merged.Code} was merged into this: {merged.Title}", Details: new { From = merged.Code })], ct);
                change.Audit("incident.merged", "incident", merged.Id, IncidentToChange.Named(merged), new { Into = survivor.Code });
                change.Audit("incident.merged", "incident", survivor.Id, IncidentToChange.Named(survivor), new { From = merged.Code, survivor.IsRestricted });
                change.Publish(IncidentToChange.Topic);
                change.Publish(WarRoomTopic.Of(survivor.Id));
                return Done.Value;
            }, ct);
    }
}
