using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Application.Measurement.Ingest.Writing;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Ingest;

/// <summary>Counts of one SLI.</summary>
/// <param name="Service">Slug of the service.</param>
/// <param name="Sli">Slug of the SLI, which must be a pushed one.</param>
/// <param name="Intervals">What happened, and when.</param>
public sealed record PushedSeries(string Service, string Sli, IReadOnlyList<PushedInterval> Intervals);

/// <summary>An interval that was not taken; the others were.</summary>
/// <param name="Series">Which series of the request, from zero.</param>
/// <param name="Interval">Which interval of it, from zero; null when the series as a whole was refused.</param>
/// <param name="Reason">A sentence.</param>
public sealed record RefusedInterval(int Series, int? Interval, string Reason);

/// <summary>What became of a push.</summary>
public sealed record PushAnswer(int Accepted, IReadOnlyList<RefusedInterval> Refused);

/// <summary>Whether the push is stored; else it is to be sent again.</summary>
/// <param name="Wait">After so long, where it is above the rate of its source.</param>
public sealed record PushResult(IngestAnswer Stored, PushAnswer Answer, TimeSpan Wait);

/// <summary>
/// Adds good and total events to SLIs, once for each key: the same key with the same content again changes nothing and gets the same answer.
/// Keys are remembered for seven days.
/// </summary>
public sealed record PushCounts(string Key, IReadOnlyList<PushedSeries> Series)
{
    /// <summary>Two weeks of one SLI.</summary>
    public const int MaxMinutes = 20_160;
    public const int MaxKeyLength = 200;

    public sealed class Validator : AbstractValidator<PushCounts>
    {
        public Validator()
        {
            RuleFor(r => r.Key).NotEmpty().WithMessage("Send an Idempotency-Key header, a new one for each push, so that a repetition counts once.")
                .MaximumLength(MaxKeyLength).WithMessage($"The idempotency key has at most {MaxKeyLength} characters.")
                .Must(k => k is null || !k.Any(char.IsControl)).WithMessage("The idempotency key has no control characters.");
            RuleFor(r => r.Series).NotEmpty().WithMessage("Send at least one interval.")
                .Must(s => s is null || s.All(x => x is { Service: not null, Sli: not null, Intervals: not null } && x.Intervals.All(i => i is not null)))
                .WithMessage("Each series needs a service, an sli and intervals.")
                .Must(s => s is null || s.Sum(x => x?.Intervals?.Sum(Minutes) ?? 0) <= MaxMinutes)
                .WithMessage($"Send intervals of at most {MaxMinutes} minutes in all at once; several SLIs add up.");
        }
    }

    /// <summary>As far as the limit is concerned: a wrong interval is refused by itself later, and weighs as one minute here.</summary>
    private static double Minutes(PushedInterval? interval) => interval is null ? 1 : Math.Max(1, (interval.End - interval.Start).TotalMinutes);

    public sealed class Handler(
        IDbContextFactory<PortalDbContext> contexts, TokenSources sources, IngestWriter writer, IngestSettings settings, TimeProvider clock, IValidator<PushCounts> validator)
    {
        public async Task<Outcome<PushResult>> HandleAsync(PushCounts request, Actor actor, CancellationToken ct)
        {
            var source = await sources.FindAsync(actor, SourceKind.Push, ct);
            if (!source.Succeeded)
                return source.Refusal;
            if (await validator.ValidateAsync(request, ct) is { IsValid: false } invalid)
                return Refusal.Invalid(string.Join(" ", invalid.Errors.Select(e => e.ErrorMessage).Distinct()));

            var rules = PushRules.At(clock.GetUtcNow(), settings.OldestSample);
            var minutes = new MinuteAccumulator();
            var refused = new List<RefusedInterval>();
            var accepted = 0;
            var denials = new List<Refusal>();
            for (var i = 0; i < request.Series.Count; i++)
            {
                var sli = await FindAsync(request.Series[i], actor, source.Value, ct);
                if (!sli.Succeeded)
                {
                    refused.Add(new RefusedInterval(i, null, sli.Refusal.Message));
                    if (sli.Refusal.Kind == RefusalKind.Denied)
                        denials.Add(sli.Refusal);
                    continue;
                }
                accepted += Add(i, sli.Value, request.Series[i].Intervals, rules, minutes, refused);
            }

            if (denials.Count == request.Series.Count)
                return denials[0];

            var answer = new PushAnswer(accepted, refused);
            var push = new PushedCounts(source.Value, request.Key, HashOf(request), JsonSerializer.Serialize(answer, PortalJson.Options), minutes.InOrder(), accepted > 0);
            var stored = await writer.WriteAsync(push);
            if (push.KeyWasUsedOtherwise)
                return Refusal.Conflict("This idempotency key was used for another push. Use a new key for each push.");
            if (push.IsNew && accepted == 0)
                return Refusal.Invalid(string.Join(" ", refused.Select(r => r.Reason).Distinct().Take(5)));
            return new PushResult(stored, JsonSerializer.Deserialize<PushAnswer>(push.Response, PortalJson.Options)!, push.Wait);
        }

        private async Task<Outcome<int>> FindAsync(PushedSeries series, Actor actor, int sourceId, CancellationToken ct)
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            var found = await (from sli in db.Slis.AsNoTracking()
                               join service in db.Services on sli.ServiceId equals service.Id
                               join team in db.Teams on service.OwnerTeamId equals team.Id
                               where service.Slug == series.Service && sli.Slug == series.Sli && sli.ArchivedAt == null
                               select new { sli.Id, sli.SourceId, sli.Definition, TeamId = team.Id, TeamName = team.Name }).SingleOrDefaultAsync(ct);
            if (found is null)
                return Refusal.NotFound($"The SLI {series.Sli} of the service {series.Service}");
            if (!actor.IsAdministrator && !actor.TeamIds.Contains(found.TeamId))
                return Denial.OfTeam(found.TeamName);
            if (found.Definition is not PushedRatio)
                return Refusal.Invalid($"The SLI {series.Sli} reads series; only an SLI of pushed counts can be pushed to.");
            return found.SourceId is { } only && only != sourceId
                ? Refusal.Invalid($"The SLI {series.Sli} takes counts from another source only.")
                : found.Id;
        }

        private static int Add(
            int series, int sli, IReadOnlyList<PushedInterval> intervals, PushRules rules, MinuteAccumulator minutes, List<RefusedInterval> refused)
        {
            var accepted = 0;
            for (var i = 0; i < intervals.Count; i++)
            {
                var interval = intervals[i];
                if (rules.Problem(interval) is { } reason)
                {
                    refused.Add(new RefusedInterval(series, i, reason));
                    continue;
                }
                minutes.AddSpread(sli, interval);
                accepted++;
            }
            return accepted;
        }

        private static byte[] HashOf(PushCounts request) => SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(request.Series, PortalJson.Options)));
    }
}
