using SloPortal.Application.Measurement.Deciding;
using SloPortal.Domain.Measurement.Deciding;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Measurement.Deciding;

internal static class DecidingEndpoints
{
    public static void MapDeciding(this RouteGroupBuilder api)
    {
        api.MapGet("/slis/{id:int}/counting", async (int id, ListCounting.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(new ListCounting(id), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListCounting").WithSummary("By which measurement an SLI counts, what minutes without data mean, and who decided so");

        api.MapPost("/slis/{id:int}/counting", async (int id, CountingBody body, ProposeCounting.Handler propose, CurrentActor current, CancellationToken ct) =>
                (await propose.HandleAsync(new ProposeCounting(id, body.Merge, body.Others ?? [], body.NoData, body.BadAfterMinutes, body.InForceFrom, body.Reason), await current.GetAsync(ct), ct)).ToCreated(_ => $"/api/v1/slis/{id}/counting"))
            .WithName("ProposeCounting").WithSummary("Proposes by which measurement an SLI counts and what minutes without data mean; somebody else signs it");

        api.MapPost("/counting/{id:guid}/signature", async (Guid id, SignatureBody body, SignCounting.Handler sign, CurrentActor current, CancellationToken ct) =>
                (await sign.HandleAsync(new SignCounting(id, body.Note ?? "", body.ContentHash, body.Password), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("SignCounting").WithSummary("Signs what somebody else proposed. Needs a session and the password: a token signs nothing");

        api.MapPost("/counting/{id:guid}/refusal", async (Guid id, RefusalBody body, DeclineCounting.Handler decline, CurrentActor current, CancellationToken ct) =>
                (await decline.HandleAsync(new DeclineCounting(id, body.Reason), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("DeclineCounting").WithSummary("Declines what was proposed, or takes it back");
    }

    internal sealed record CountingBody(
        MergeRule Merge, NoDataRule NoData, string Reason, IReadOnlyList<int>? Others = null, int? BadAfterMinutes = null, DateTimeOffset? InForceFrom = null);

    internal sealed record SignatureBody(string ContentHash, string? Note = null, string? Password = null);

    internal sealed record RefusalBody(string Reason);
}
