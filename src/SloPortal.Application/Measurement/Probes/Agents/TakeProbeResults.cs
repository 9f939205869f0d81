using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Application.Measurement.Ingest.Writing;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Probes;

namespace SloPortal.Application.Measurement.Probes.Agents;

/// <summary>A run of an agent.</summary>
/// <param name="Probe">Which probe.</param>
/// <param name="Due">For when it was due, which names the run: the same again is the same run.</param>
/// <param name="At">When it ran, by the agent's clock.</param>
/// <param name="Run">What came of it.</param>
public sealed record AgentResult(int Probe, DateTimeOffset Due, DateTimeOffset At, ProbeRun Run);

/// <summary>What became of results.</summary>
/// <param name="Taken">Those that are stored, known ones among them.</param>
/// <param name="Counted">Those that were new events.</param>
/// <param name="Refused">Those of probes that this location does not run any more.</param>
public sealed record TakenResults(int Taken, int Counted, int Refused);

/// <summary>Takes what an agent measured, each run once however often it comes.</summary>
/// <param name="Location">Where it ran.</param>
/// <param name="SentAt">The agent's clock when it sent them.</param>
/// <param name="Dropped">Results that the agent could not keep since it first ran.</param>
/// <param name="Results">The oldest first.</param>
public sealed record TakeProbeResults(string Location, DateTimeOffset SentAt, long Dropped, IReadOnlyList<AgentResult> Results)
{
    public const int Most = 500;

    public sealed class Validator : AbstractValidator<TakeProbeResults>
    {
        public Validator()
        {
            RuleFor(r => r.Results).NotNull().WithMessage("Send the results.").Must(r => r is null or { Count: <= Most }).WithMessage($"Send at most {Most} results at once.")
                .Must(r => r is null || r.All(IsWhole)).WithMessage("A result names its probe, when it was due and ran, and what came of it.");
            RuleFor(r => r.Dropped).GreaterThanOrEqualTo(0).WithMessage("A count is not negative.");
        }

        private static bool IsWhole(AgentResult? result) =>
            result is { Run: { Reason.Length: > 0 and <= 2000, Parts: not null, Address: null or { Length: <= 60 } } run } && Enum.IsDefined(run.Outcome)
            && new[] { run.Parts.Dns, run.Parts.Connect, run.Parts.Tls, run.Parts.FirstByte, run.Parts.Total }.All(ms => ms is null || (double.IsFinite(ms.Value) && ms >= 0));
    }

    public sealed class Handler(UnitOfWork work, IDbContextFactory<PortalDbContext> contexts, ProbeStore store, AgentAccess agents, TimeProvider clock)
    {
        public async Task<Outcome<TakenResults>> HandleAsync(TakeProbeResults request, Actor actor, CancellationToken ct)
        {
            if ((AgentAccess.Problem(actor) ?? AgentAccess.Problem(request.Location) ?? work.Validate(request)) is { } problem)
                return problem;
            var now = clock.GetUtcNowInMicroseconds();
            await agents.HearAsync(request.Location, actor, (request.SentAt - now).TotalSeconds, request.Dropped, ct);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var ids = request.Results.Select(r => r.Probe).Distinct().ToArray();
            var probes = await db.Probes.AsNoTracking().Where(p => ids.Contains(p.SourceId) && p.Locations.Contains(request.Location)).ToDictionaryAsync(p => p.SourceId, p => p.SliId, ct);
            var (taken, counted) = (0, 0);
            foreach (var runs in request.Results.Where(r => probes.ContainsKey(r.Probe)).GroupBy(r => r.Probe))
            {
                var stored = await store.WriteAsync(runs.Key, probes[runs.Key], [.. runs.Select(r => ResultOf(r, request.Location, now))], now);
                if (stored.Answer != IngestAnswer.Stored)
                    return Refusal.Unavailable;
                taken += runs.Count();
                counted += stored.Counted;
            }
            return new TakenResults(taken, counted, request.Results.Count - taken);
        }

        private static ProbeResult ResultOf(AgentResult result, string location, DateTimeOffset now) =>
            new(result.Probe, location, result.Due.ToUniversalTime(), InMicroseconds(result.At), now, result.Run);

        private static DateTimeOffset InMicroseconds(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
    }
}
