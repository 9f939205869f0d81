using SloPortal.Application.Measurement.Probes;
using SloPortal.Application.Measurement.Probes.Addresses;
using SloPortal.Application.Measurement.Probes.Agents;
using SloPortal.Domain.Measurement.Probes;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Measurement.Probes;

internal static class ProbeEndpoints
{
    public static void MapProbes(this RouteGroupBuilder measurement)
    {
        var sources = measurement.MapGroup("/sources");
        sources.MapPost("/probes", async (CreateProbe request, CreateProbe.Handler create, CurrentActor current, CancellationToken ct) =>
                (await create.HandleAsync(request, await current.GetAsync(ct), ct)).ToCreated(id => $"/api/v1/sources/{id}"))
            .WithName("CreateProbe").WithSummary("Adds a probe for an SLI of pushed counts, or with an SLI of its own");

        sources.MapPost("/probes/try", async (TryProbe request, TryProbe.Handler run, CurrentActor current, CancellationToken ct) =>
                (await run.HandleAsync(request, await current.GetAsync(ct), ct)).ToOk())
            .WithName("TryProbe").WithSummary("Runs a probe once from the portal; nothing is counted");

        sources.MapGet("/{id:int}/probe", async (int id, int? runs, GetProbe.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetProbe(id, runs ?? 30), await current.GetAsync(ct), ct)).ToOk())
            .WithName("GetProbe").WithSummary("One probe: how it is set, how each location sees the service, its failures and newest runs");

        sources.MapPut("/{id:int}/probe", async (int id, ProbeBody body, UpdateProbe.Handler update, CurrentActor current, CancellationToken ct) =>
                (await update.HandleAsync(new UpdateProbe(id, body.Name, body.Check, body.EverySeconds, body.TimeoutSeconds, body.Locations, body.Authorization), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("UpdateProbe").WithSummary("Changes a probe; authorization left out keeps the present value");

        var addresses = measurement.MapGroup("/probe-addresses");
        addresses.MapGet("/", async (ListAllowedAddresses.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(new ListAllowedAddresses(), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListAllowedAddresses").WithSummary("The private hosts and networks that probes may reach, and the locations that were heard of");

        addresses.MapPost("/", async (AllowAddress request, AllowAddress.Handler allow, CurrentActor current, CancellationToken ct) =>
                (await allow.HandleAsync(request, await current.GetAsync(ct), ct)).ToCreated(_ => "/api/v1/probe-addresses"))
            .WithName("AllowAddress").WithSummary("Lets probes reach a host or a network with private addresses");

        addresses.MapDelete("/{id:guid}", async (Guid id, ForbidAddress.Handler forbid, CurrentActor current, CancellationToken ct) =>
                (await forbid.HandleAsync(new ForbidAddress(id), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("ForbidAddress").WithSummary("Takes back that probes may reach a host or a network");

        var locations = measurement.MapGroup("/probe-locations/{location}").RequireRateLimiting(RateLimitPolicies.Ingest);
        locations.MapGet("/probes", async (string location, FetchProbes.Handler fetch, CurrentActor current, CancellationToken ct) =>
                (await fetch.HandleAsync(new FetchProbes(location), await current.GetAsync(ct), ct)).ToOk())
            .WithName("FetchProbes").WithSummary("The probes of a location with their secrets, for the agent there");

        locations.MapPost("/results", async (string location, ResultsBody body, TakeProbeResults.Handler take, CurrentActor current, CancellationToken ct) =>
                (await take.HandleAsync(new TakeProbeResults(location, body.SentAt, body.Dropped, body.Results), await current.GetAsync(ct), ct)).ToOk())
            .WithName("TakeProbeResults").WithSummary("Takes what an agent measured, each run once however often it comes");
    }

    internal sealed record ResultsBody(DateTimeOffset SentAt, long Dropped, IReadOnlyList<AgentResult> Results);

    internal sealed record ProbeBody(string Name, ProbeCheck Check, int EverySeconds, int TimeoutSeconds, IReadOnlyList<string>? Locations = null, string? Authorization = null);
}
