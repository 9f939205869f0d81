using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Common;
using SloPortal.Application.Measurement.Probes.Addresses;
using SloPortal.Application.Measurement.Pull;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Probes;

namespace SloPortal.Application.Measurement.Probes.Agents;

/// <summary>A probe as an agent runs it.</summary>
/// <param name="Authorization">Value of the Authorization header, for the agent to send.</param>
public sealed record ProbeOrder(int Id, ProbeCheck Check, int EverySeconds, int TimeoutSeconds, string? Authorization)
{
    // A record prints its members; this one holds a secret.
    public override string ToString() => $"{nameof(ProbeOrder)} {Id}";
}

/// <summary>Everything that an agent of a location runs.</summary>
/// <param name="AllowedAddresses">Hosts and networks with private addresses that probes may reach.</param>
public sealed record ProbeOrders(IReadOnlyList<ProbeOrder> Probes, IReadOnlyList<string> AllowedAddresses)
{
    /// <summary>What these may reach.</summary>
    public OutgoingRules Rules() => ProbeAddresses.RulesOf(AllowedAddresses);
}

/// <summary>The probes of a location, for the agent there.</summary>
public sealed record FetchProbes(string Location)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, SourceSecrets secrets, AgentAccess agents)
    {
        public async Task<Outcome<ProbeOrders>> HandleAsync(FetchProbes request, Actor actor, CancellationToken ct)
        {
            if ((AgentAccess.Problem(actor) ?? AgentAccess.Problem(request.Location)) is { } problem)
                return problem;
            await agents.HearAsync(request.Location, actor, null, null, ct);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var found = await (from probe in db.Probes.AsNoTracking()
                               join source in db.Sources on probe.SourceId equals source.Id
                               join sli in db.Slis on probe.SliId equals sli.Id
                               where source.PausedAt == null && sli.ArchivedAt == null && probe.Locations.Contains(request.Location)
                               orderby probe.SourceId
                               select new { probe, source }).ToListAsync(ct);
            return new ProbeOrders(
                found.ConvertAll(f => new ProbeOrder(f.source.Id, f.probe.Check, (int)f.source.PullEvery!.Value.TotalSeconds, (int)f.probe.Timeout.TotalSeconds, secrets.Reveal(f.source))),
                await db.AllowedAddresses.AsNoTracking().OrderBy(a => a.Address).Select(a => a.Address).ToListAsync(ct));
        }
    }
}
