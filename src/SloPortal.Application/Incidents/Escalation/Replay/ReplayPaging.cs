using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents.Escalation.Fatigue;
using SloPortal.Application.Incidents.Escalation.Paging;
using SloPortal.Application.Incidents.Escalation.Policies;
using SloPortal.Application.Incidents.OnCall.Hours;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Budgets.Tuning;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.Domain.Incidents.Escalation;
using SloPortal.Domain.Incidents.Escalation.Deciding;

namespace SloPortal.Application.Incidents.Escalation.Replay;

/// <param name="AtNight">Calls of a person at the first level between 22:00 and 07:00 of their own clock.</param>
/// <param name="Outcomes">How often each was the last one of a signal.</param>
public sealed record ReplaySide(int Pages, int AtNight, IReadOnlyDictionary<SignalOutcome, int> Outcomes);

/// <summary>Pages that called a person at the first level.</summary>
public sealed record PersonReplayed(string Name, int Now, int NowAtNight, int Then, int ThenAtNight);

/// <summary>A page that was sent, and with the rules given would not have been, nor any other about what it was about.</summary>
/// <param name="Instead">What would have become of the signal that opened it.</param>
/// <param name="IsTaken">A person took it.</param>
public sealed record GonePage(int Number, string Title, DateTimeOffset OpenedAt, bool IsTaken, SignalOutcome? Instead);

/// <summary>A page that was not sent about anything of it.</summary>
public sealed record NewPage(Guid Signal, string Title, DateTimeOffset OpenedAt);

/// <summary>An incident whose services were paged about while it lasted, and with the rules given would not have been.</summary>
/// <param name="Pages">Numbers of the pages that would be gone.</param>
public sealed record MissedIncident(int Number, string Title, DateTimeOffset StartedAt, IReadOnlyList<int> Pages);

/// <param name="Signals">That began in the span.</param>
/// <param name="Sent">Pages that they opened.</param>
/// <param name="Differing">Sent pages that the rules in force do not bring about with the same signals, and pages that only they do: 0 proves the replay.</param>
/// <param name="RulesKnownSince">Before this the rules of that day are taken; null where there are none.</param>
/// <param name="Gone">The newest; see <paramref name="GoneTotal"/>.</param>
/// <param name="New">The newest; see <paramref name="NewTotal"/>.</param>
public sealed record PagingReplayed(
    DateTimeOffset From, DateTimeOffset To, int Signals, int Sent, int Differing, DateTimeOffset? RulesKnownSince, ReplaySide Now, ReplaySide Then, IReadOnlyList<PersonReplayed> People,
    IReadOnlyList<GonePage> Gone, int GoneTotal, IReadOnlyList<NewPage> New, int NewTotal, IReadOnlyList<MissedIncident> Missed);

/// <summary>
/// Plays the signals of the last days again by other rules before they are set: how many pages more or fewer, whose, and which incident nobody would
/// have been called about. Silences, answers and shifts are played as they were.
/// </summary>
/// <param name="Days">1 to 90.</param>
public sealed record ReplayPaging(string Team, IReadOnlyList<RuleGiven> Rules, int Days = 90)
{
    public const int MostDays = 90;
    private const int Shown = 50;

    /// <summary>A page so long before an incident began was about it.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromHours(1);

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, TimeProvider clock)
    {
        public async Task<Outcome<PagingReplayed>> HandleAsync(ReplayPaging request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            if (new SetPagingRules.Validator().Validate(new SetPagingRules(request.Team, request.Rules)) is { IsValid: false } wrong)
                return Refusal.Invalid(nameof(Rules), wrong.Errors[0].ErrorMessage);
            if (request.Days is < 1 or > MostDays)
                return Refusal.Invalid(nameof(Days), $"Choose 1 to {MostDays} days.");
            await using var db = await contexts.CreateDbContextAsync(ct);
            var team = await db.Teams.AsNoTracking().SingleOrDefaultAsync(t => t.Slug == request.Team, ct);
            if (team is null)
                return Refusal.NotFound($"The team \"{request.Team}\"");
            var given = await RulesToSet.ReadAsync(db, team, request.Rules, ct);
            if (!given.Succeeded)
                return given.Refusal;
            var now = clock.GetUtcNowInMicroseconds();
            var read = await PlayedPast.ReadAsync(db, team.Id, Interval.EndingAt(now, TimeSpan.FromDays(request.Days)), ct);
            if (!read.Succeeded)
                return read.Refusal;
            var past = read.Value;
            var hours = await TeamHours.OfAsync(db, team.Id, ct);
            var versions = await VersionsAsync(db, team.Id, ct);
            var policies = await PlayedPast.PoliciesAsync(db, past.Span, ct);
            var then = new TeamTerms(team.Name, given.Value, hours);
            var terms = versions.ConvertAll(v => (v.From, Terms: new TeamTerms(team.Name, v.Rules, hours)));
            var needs = await DeskReading.NeedsAsync(db, terms.Select(t => t.Terms).Append(then), ct);
            var asIs = Play(past, new PagingDesk((_, at) => InForce(terms, at, team.Name), policies, needs, Guid.NewGuid));
            var other = Play(past, new PagingDesk((_, _) => then, policies, needs, Guid.NewGuid));
            return await CompareAsync(db, actor, past, asIs, other, versions.Count == 0 ? null : versions[0].From, ct);
        }

        /// <summary>The oldest first. A table that was set before its versions were kept is known since it was set.</summary>
        private static async Task<List<PagingRulesVersion>> VersionsAsync(PortalDbContext db, Guid team, CancellationToken ct)
        {
            var versions = await db.PagingRulesVersions.AsNoTracking().Where(v => v.TeamId == team).OrderBy(v => v.From).ToListAsync(ct);
            if (versions.Count == 0 && await db.PagingRules.AsNoTracking().SingleOrDefaultAsync(r => r.TeamId == team, ct) is { ChangedAt: { } at } table)
                versions.Add(new PagingRulesVersion(Guid.Empty, team, table.Rules, at, ""));
            return versions;
        }

        private static TeamTerms InForce(List<(DateTimeOffset From, TeamTerms Terms)> versions, DateTimeOffset at, string name) =>
            versions.Count == 0 ? new(name, [], null) : versions.FindLast(v => v.From <= at).Terms ?? versions[0].Terms;

        private static PagingReplay Play(PlayedPast past, PagingDesk desk)
        {
            var replay = new PagingReplay(desk);
            replay.Play(past.Events, past.Answers, past.Others());
            return replay;
        }

        private static async Task<PagingReplayed> CompareAsync(PortalDbContext db, Actor actor, PlayedPast past, PagingReplay asIs, PagingReplay other, DateTimeOffset? known, CancellationToken ct)
        {
            var (now, then) = (asIs.Pages, other.Pages);
            var called = now.Concat(then).SelectMany(p => p.Page.CalledFirst).Distinct().ToList();
            var people = (await FatigueFacts.PeopleAsync(db, called, ct)).Values;
            var zones = people.ToDictionary(p => p.Id, p => TimeZoneInfo.TryFindSystemTimeZoneById(p.Zone, out var zone) ? zone : TimeZoneInfo.Utc);
            var still = then.SelectMany(p => p.Signals).ToHashSet();
            var gone = past.Sent.Where(s => !s.Signals.Overlaps(still)).OrderByDescending(s => s.OpenedAt).ToList();
            var sent = past.Sent.SelectMany(s => s.Signals).ToHashSet();
            var added = then.Where(p => !p.Signals.Any(sent.Contains)).OrderByDescending(p => p.Page.OpenedAt).ToList();
            var first = added.Take(Shown).Select(p => p.Signals[0]).ToList();
            var titles = await db.Signals.Where(s => first.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.Title, ct);
            return new PagingReplayed(
                past.Span.Start, past.Span.End, past.Events.Select(e => e.Signal.Id).Distinct().Count(), past.Sent.Count, Differing(past, now), known, Side(now, asIs), Side(then, other),
                [
                    .. people.Select(p => new PersonReplayed(p.Name, Count(now, p.Id), Nights(now, p.Id), Count(then, p.Id), Nights(then, p.Id)))
                        .OrderByDescending(p => Math.Max(p.Now, p.Then)).ThenBy(p => p.Name, StringComparer.Ordinal),
                ],
                [.. gone.Take(Shown).Select(g => new GonePage(g.Number, g.Title, g.OpenedAt, g.IsTaken, other.OutcomeOf(g.First)))], gone.Count,
                [.. added.Take(Shown).Select(p => new NewPage(p.Signals[0], titles.GetValueOrDefault(p.Signals[0], ""), p.Page.OpenedAt))], added.Count,
                await MissedAsync(db, actor, past, gone, ct));

            ReplaySide Side(IReadOnlyList<PlayedPage> pages, PagingReplay replay) => new(pages.Count, called.Sum(p => Nights(pages, p)), replay.Outcomes);

            int Nights(IReadOnlyList<PlayedPage> pages, Guid person) => zones.TryGetValue(person, out var zone) ? pages.Count(p => p.Page.CalledFirst.Contains(person) && NightHours.Hold(p.Page.OpenedAt, zone)) : 0;

            static int Count(IReadOnlyList<PlayedPage> pages, Guid person) => pages.Count(p => p.Page.CalledFirst.Contains(person));
        }

        private static int Differing(PlayedPast past, IReadOnlyList<PlayedPage> played)
        {
            var sent = past.Sent.GroupBy(s => s.First).ToDictionary(g => g.Key, g => g.OrderBy(s => s.OpenedAt).ToList());
            var same = 0;
            foreach (var pages in played.GroupBy(p => p.Signals[0]))
                same += pages.OrderBy(p => p.Page.OpenedAt).Zip(sent.GetValueOrDefault(pages.Key, []), (p, s) => s.Signals.SetEquals(p.Signals)).Count(equal => equal);
            return past.Sent.Count - same + played.Count - same;
        }

        private static async Task<IReadOnlyList<MissedIncident>> MissedAsync(PortalDbContext db, Actor actor, PlayedPast past, List<SentPage> gone, CancellationToken ct)
        {
            if (gone.Count == 0)
                return [];
            var earliest = past.Span.Start - Ahead;
            var incidents = await db.IncidentsFor(actor).AsNoTracking().Include(i => i.Services).Where(i => i.MergedIntoId == null && i.StartedAt >= earliest).OrderByDescending(i => i.StartedAt).ToListAsync(ct);
            var missed = new List<MissedIncident>();
            foreach (var incident in incidents)
            {
                var about = past.Sent.Where(s => s.ServiceId is { } service && incident.Services.Exists(i => i.ServiceId == service)
                    && s.OpenedAt >= incident.StartedAt - Ahead && s.OpenedAt <= (incident.EndedAt ?? incident.ResolvedAt ?? past.Span.End)).ToList();
                if (about.Count > 0 && about.TrueForAll(a => gone.Any(g => g.Id == a.Id)))
                    missed.Add(new(incident.Number, incident.Title, incident.StartedAt, [.. about.Select(a => a.Number).Order()]));
            }
            return missed;
        }
    }
}
