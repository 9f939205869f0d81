using SloPortal.Application.Incidents.Timeline.Marks;
using SloPortal.Domain.Incidents.Timeline.Marks;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Incidents.Timeline.Marks;

internal sealed record PinBody(string? Label = null, string? ClientKey = null);

/// <param name="At">Of an objective: the time that its story is to show; null is that of the entry.</param>
internal sealed record EvidenceBody(EvidenceKind Kind, string Reference, DateTimeOffset? At = null, string? ClientKey = null);

internal static class MarkEndpoints
{
    public static void MapMarks(this RouteGroupBuilder api)
    {
        var timeline = api.MapGroup("/incidents/{number:int}/timeline").WithTags("Timeline");

        timeline.MapGet("/marks", async (int number, DateTimeOffset? knownAt, ListMarks.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(new ListMarks(number, knownAt), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListMarks").WithSummary("What is pinned, and what entries rest on; with knownAt as it had been recorded at that moment");
        timeline.MapPut("/{entry:guid}/pin", async (int number, Guid entry, PinBody body, PinEntry.Handler pin, CurrentActor current, CancellationToken ct) =>
                (await pin.HandleAsync(new PinEntry(number, entry, body.Label, ClientKey: body.ClientKey), await current.GetAsync(ct), ct)).ToEntry())
            .WithName("PinEntry").WithSummary("Puts an entry into the short list of what must not be forgotten");
        timeline.MapDelete("/{entry:guid}/pin", async (int number, Guid entry, string? clientKey, UnpinEntry.Handler unpin, CurrentActor current, CancellationToken ct) =>
                (await unpin.HandleAsync(new UnpinEntry(number, entry, clientKey), await current.GetAsync(ct), ct)).ToEntry())
            .WithName("UnpinEntry").WithSummary("Takes an entry from that list; that it was pinned stays recorded");
        timeline.MapPost("/{entry:guid}/evidence", async (int number, Guid entry, EvidenceBody body, LinkEvidence.Handler link, CurrentActor current, CancellationToken ct) =>
                (await link.HandleAsync(new LinkEvidence(number, entry, new Evidence(body.Kind, body.Reference, body.At), body.ClientKey), await current.GetAsync(ct), ct)).ToEntry())
            .WithName("LinkEvidence").WithSummary("Says what an entry rests on, as an entry of its own")
            .WithDescription("Reference: \"checkout/availability\" of an objective, the number of a page, a probe or an SLI, the short name of a service or a vendor, an address that begins with https, or else an id.");
        timeline.MapPost("/{entry:guid}/evidence/take-back", async (int number, Guid entry, EvidenceBody body, UnlinkEvidence.Handler unlink, CurrentActor current, CancellationToken ct) =>
                (await unlink.HandleAsync(new UnlinkEvidence(number, entry, new Evidence(body.Kind, body.Reference, body.At), body.ClientKey), await current.GetAsync(ct), ct)).ToEntry())
            .WithName("UnlinkEvidence").WithSummary("Takes back that an entry rests on something; that it was said stays recorded")
            .WithDescription("Kind, reference and time as GET marks gives them.");
    }
}
