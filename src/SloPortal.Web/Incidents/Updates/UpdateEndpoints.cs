using SloPortal.Application.Incidents.Updates;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Incidents.Updates;

internal static class UpdateEndpoints
{
    public static void MapUpdates(this RouteGroupBuilder api)
    {
        api.MapGet("/incidents/updates-due", async (int[]? incident, ListUpdatesDue.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(new ListUpdatesDue(incident is { Length: > 0 } ? incident : null), await current.GetAsync(ct), ct)).ToOk())
            .WithTags("Updates").WithName("ListUpdatesDue").WithSummary("When stakeholders should hear next of incidents, the one that is due first at the top; of all that are open without incident");
        var updates = api.MapGroup("/incidents/{number:int}/updates").WithTags("Updates");
        updates.MapGet("/", async (int number, GetUpdates.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetUpdates(number), await current.GetAsync(ct), ct)).ToOk())
            .WithName("GetIncidentUpdates").WithSummary("What stakeholders were told about an incident, what waits to be told, and when the next update is due");
        updates.MapGet("/draft", async (int number, DraftUpdate.Handler draft, CurrentActor current, CancellationToken ct) =>
                (await draft.HandleAsync(new DraftUpdate(number), await current.GetAsync(ct), ct)).ToOk())
            .WithName("DraftIncidentUpdate").WithSummary("What an update begins with: the texts of the templates by state, the status pages and the services");
        updates.MapPost("/", async (int number, UpdateGiven to, WriteUpdate.Handler write, CurrentActor current, CancellationToken ct) =>
                (await write.HandleAsync(new WriteUpdate(number, to), await current.GetAsync(ct), ct)).ToCreated(_ => $"/api/v1/incidents/{number}/updates"))
            .WithName("WriteIncidentUpdate").WithSummary("Writes an update for stakeholders; published at once, unless a status page that it goes to asks for approval");
        updates.MapPut("/{id:guid}", async (int number, Guid id, UpdateRevised to, ReviseUpdate.Handler revise, CurrentActor current, CancellationToken ct) =>
                (await revise.HandleAsync(new ReviseUpdate(number, id, to.Update, to.Version), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ReviseIncidentUpdate").WithSummary("Its author writes an update anew that is not published yet");
        updates.MapPost("/{id:guid}/approve", async (int number, Guid id, VersionSeen? seen, ApproveUpdate.Handler approve, CurrentActor current, CancellationToken ct) =>
                (await approve.HandleAsync(new ApproveUpdate(number, id, seen?.Version), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("ApproveIncidentUpdate").WithSummary("Publishes an update that somebody else wrote, as it stands; with version only if it is still the one that was read");
        updates.MapPost("/{id:guid}/send-back", async (int number, Guid id, ReasonGiven to, SendBackUpdate.Handler send, CurrentActor current, CancellationToken ct) =>
                (await send.HandleAsync(new SendBackUpdate(number, id, to.Reason), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("SendBackIncidentUpdate").WithSummary("Asks the author of an update to write it anew");
        updates.MapPost("/{id:guid}/withdraw", async (int number, Guid id, WithdrawUpdate.Handler withdraw, CurrentActor current, CancellationToken ct) =>
                (await withdraw.HandleAsync(new WithdrawUpdate(number, id), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("WithdrawIncidentUpdate").WithSummary("Gives up an update that is not published");
    }

    internal sealed record UpdateRevised(UpdateGiven Update, uint? Version);

    internal sealed record VersionSeen(uint? Version);

    internal sealed record ReasonGiven(string Reason);
}
