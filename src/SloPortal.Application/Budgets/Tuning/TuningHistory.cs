using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Measurement;
using SloPortal.Application.Objectives;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Budgets.Tuning;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;

namespace SloPortal.Application.Budgets.Tuning;

/// <summary>An objective whose alerts are tried, with the version in force.</summary>
internal sealed record TunedObjective(StoryScope Scope, string Service, string ServiceName, string Slug, string Name, Guid PolicyId, ObjectiveVersion Version)
{
    public string Path => $"{Service}/{Slug}";
}

/// <summary>The stored minutes of objectives, and what is known of them, for replays. One is replayed at a time: it takes a processor and some memory.</summary>
public sealed class TuningHistory(IDbContextFactory<PortalDbContext> contexts, SliCounts counts, IEnumerable<IKnownIntervals> known) : IDisposable
{
    /// <summary>Somebody who sees what everybody sees: of restricted incidents nothing.</summary>
    internal static readonly Actor Anybody = new() { Kind = ActorKind.Person, Name = "anybody" };

    // The minutes before a span, which its first windows look at: three days in the Workbook, 90 at the most.
    private static readonly TimeSpan Reach = TimeSpan.FromDays(3);

    private readonly SemaphoreSlim one = new(1);

    /// <summary>Those in use that have the policy, by service and name.</summary>
    internal static async Task<List<TunedObjective>> FindAsync(PortalDbContext db, Guid policyId, DateTimeOffset moment, CancellationToken ct)
    {
        var rows = from o in db.Objectives.AsNoTracking()
                   join s in db.Services on o.ServiceId equals s.Id
                   join v in db.VersionsInForceAt(moment) on o.Id equals v.ObjectiveId
                   where o.AlertPolicyId == policyId && o.ArchivedAt == null && s.ArchivedAt == null
                   orderby s.Name, o.Name
                   select new { o.Id, o.ServiceId, Service = s.Slug, ServiceName = s.Name, o.Slug, o.Name, o.AlertPolicyId, Version = v };
        return (await rows.ToListAsync(ct)).ConvertAll(r => new TunedObjective(new(r.Id, r.ServiceId), r.Service, r.ServiceName, r.Slug, r.Name, r.AlertPolicyId, r.Version));
    }

    /// <summary>Replays something over the last days of an objective, as far as it has counts; null where it has none.</summary>
    /// <param name="longest">The longest window of the rules.</param>
    internal async Task<T?> ReplayAsync<T>(TunedObjective objective, int days, TimeSpan longest, DateTimeOffset now, Func<AlertReplay, T> work, CancellationToken ct)
        where T : class
    {
        var version = objective.Version;
        var from = now.AddDays(-days);
        await one.WaitAsync(ct);
        try
        {
            var minutes = await counts.MinutesAsync(version.CountsId, new Interval(from - (longest > Reach ? longest : Reach), now), ct);
            if (minutes is null)
                return null;
            var span = new Interval(minutes.Start > from ? minutes.Start : from, now);
            var replay = new AlertReplay(version.Method, version.Target, version.Window, minutes, span);
            return await Task.Run(() => work(replay), ct);
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>Incidents that the actor may see, and what people marked.</summary>
    internal async Task<IReadOnlyList<KnownInterval>> KnownAsync(TunedObjective objective, Interval span, Actor actor, CancellationToken ct)
    {
        var found = new List<KnownInterval>();
        foreach (var source in known)
            found.AddRange(await source.InAsync(objective.Scope, span, actor, ct));
        await using var db = await contexts.CreateDbContextAsync(ct);
        var (start, end, id) = (span.Start, span.End, objective.Scope.ObjectiveId);
        var marks = await db.AlertLabels.AsNoTracking().Where(l => l.ObjectiveId == id && l.From < end && l.To > start).OrderBy(l => l.From).ToListAsync(ct);
        return [.. found, .. marks.Select(m => m.Known)];
    }

    internal static TimeSpan LongestOf(params IEnumerable<AlertRule> rules) => rules.Select(r => r.LongWindow).DefaultIfEmpty(TimeSpan.Zero).Max();

    /// <summary>By whose clock nights are told: the one asked for, the reader's, or UTC.</summary>
    internal static Outcome<TimeZoneInfo> ZoneOf(string? asked, Actor actor) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(asked ?? actor.TimeZone ?? "UTC", out var zone)
            ? zone : Refusal.Invalid("zone", $"“{asked}” is not a time zone. Use an IANA name, for example Europe/Berlin.");

    public void Dispose() => one.Dispose();
}
