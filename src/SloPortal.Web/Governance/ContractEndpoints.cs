using SloPortal.Application.Governance;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Governance;

internal sealed record EndBody(DateOnly LastDay, string Reason);

internal sealed record ExclusionBody(DateTimeOffset From, DateTimeOffset To, string Reason);

internal sealed record ContractReasonBody(string Reason);

internal static class ContractEndpoints
{
    public static void MapContracts(this RouteGroupBuilder api)
    {
        var contracts = api.MapGroup("/contracts").WithTags("Contracts");

        contracts.MapGet("/", async (string? filter, string? service, bool? ended, int? page, int? size, ListContracts.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(new ListContracts(filter, service, ended ?? false, page ?? 1, size ?? 50), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListContracts").WithSummary("Contracts with the credit exposure of their running periods, what costs most first");

        contracts.MapPost("/", async (CreateContract request, CreateContract.Handler create, CurrentActor current, CancellationToken ct) =>
                (await create.HandleAsync(request, await current.GetAsync(ct), ct)).ToCreated(id => $"/api/v1/contracts/{id}"))
            .WithName("CreateContract").WithSummary("Enters a contract with a customer; answers its number");

        contracts.MapGet("/{id:int}", async (int id, GetContract.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetContract(id), await current.GetAsync(ct), ct)).ToOk())
            .WithName("GetContract").WithSummary("One contract with its periods as its own rules judge them");

        contracts.MapPost("/{id:int}/end", async (int id, EndBody body, EndContract.Handler end, CurrentActor current, CancellationToken ct) =>
                (await end.HandleAsync(new EndContract(id, body.LastDay, body.Reason), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("EndContract").WithSummary("Ends a contract on a day within its term");

        contracts.MapPost("/{id:int}/exclusions", async (int id, ExclusionBody body, ExcludeFromContract.Handler exclude, CurrentActor current, CancellationToken ct) =>
                (await exclude.HandleAsync(new ExcludeFromContract(id, body.From, body.To, body.Reason), await current.GetAsync(ct), ct)).ToCreated(_ => $"/api/v1/contracts/{id}"))
            .WithName("ExcludeFromContract").WithSummary("Leaves a stretch out of what the contract counts; answers the id of the exclusion");

        contracts.MapPost("/{id:int}/exclusions/{exclusion:guid}/withdraw", async (
                    int id, Guid exclusion, ContractReasonBody body, WithdrawExclusion.Handler withdraw, CurrentActor current, CancellationToken ct) =>
                (await withdraw.HandleAsync(new WithdrawExclusion(id, exclusion, body.Reason), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("WithdrawExclusion").WithSummary("Counts again what was left out");
    }
}
