using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents.Escalation.Policies;
using SloPortal.Application.Incidents.OnCall;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Escalation.Fatigue;
using SloPortal.Domain.Incidents.OnCall;

namespace SloPortal.Application.Incidents.Escalation.Fatigue;

/// <param name="TimeZone">IANA id of the clock by which this person's nights are told.</param>
/// <param name="IsOwnZone">It stands in their profile; else it is that of the business hours of a team of theirs, or UTC.</param>
public sealed record FatiguedPerson(Guid Id, string Name, string TimeZone, bool IsOwnZone, PersonFatigue Figures);

/// <param name="From">Inclusive; of the opening of a page.</param>
/// <param name="To">Exclusive.</param>
/// <param name="People">Those who were called, the one with the most broken nights first. The figures' own list is empty: this one has it with names.</param>
/// <param name="Shifts">Of the schedules of the team, or of all.</param>
public sealed record FatigueSpanFigures(DateTimeOffset From, DateTimeOffset To, FatigueFigures Figures, ShiftLoads Shifts, IReadOnlyList<FatiguedPerson> People);

/// <param name="Team">Slug; null for all.</param>
/// <param name="Before">The span of the same length that ends where this one begins.</param>
public sealed record FatigueReport(string? Team, IReadOnlyList<NamedSlug> Teams, FatigueSpanFigures Span, FatigueSpanFigures Before)
{
    /// <summary>The length of the span that nobody chose.</summary>
    public const int DefaultDays = 28;
    public const int MostDays = 366;
}

/// <summary>
/// What pages do to the people whom they call. It knows pages, which everybody who may read sees in their list; no incident goes into it, so that nobody
/// learns of a restricted one by a figure.
/// </summary>
/// <param name="Team">Slug; null for all.</param>
/// <param name="From">Null is 28 days before <paramref name="To"/>.</param>
/// <param name="To">Null is now. The span has at most 366 days.</param>
public sealed record ReadFatigue(string? Team = null, DateTimeOffset? From = null, DateTimeOffset? To = null)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, TimeProvider clock)
    {
        public async Task<Outcome<FatigueReport>> HandleAsync(ReadFatigue request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            var now = clock.GetUtcNowInMicroseconds();
            var asked = FatigueSpan.Of(request.From, request.To, now);
            if (!asked.Succeeded)
                return asked.Refusal;
            var span = asked.Value;
            await using var db = await contexts.CreateDbContextAsync(ct);
            var teams = await db.Teams.OrderBy(t => t.Name).Select(t => new { t.Id, Named = new NamedSlug(t.Slug, t.Name) }).ToListAsync(ct);
            var team = string.IsNullOrEmpty(request.Team) ? null : teams.Find(t => t.Named.Slug == request.Team);
            if (team is null && !string.IsNullOrEmpty(request.Team))
                return Refusal.NotFound($"The team \"{request.Team}\"");
            var schedules = await db.Schedules.AsNoTracking().Where(s => team == null || s.TeamId == team.Id).ToListAsync(ct);
            // Both at once: each is a reading of its own, and the longer of them is what the reader waits for.
            var found = await Task.WhenAll(new[] { span, span.Shift(-span.Length) }.Select(one => SpanAsync(one, team?.Id, schedules, now, ct)));
            return Array.Find(found, f => !f.Succeeded).Refusal is { } refusal ? refusal : new FatigueReport(team?.Named.Slug, teams.ConvertAll(t => t.Named), found[0].Value!, found[1].Value!);
        }

        private async Task<Outcome<FatigueSpanFigures>> SpanAsync(Interval span, Guid? team, IReadOnlyCollection<Schedule> schedules, DateTimeOffset now, CancellationToken ct)
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            var facts = await FatigueFacts.ReadAsync(db, span, team, null, ct);
            return facts.Succeeded ? Of(span, facts.Value, await ScheduleReading.FinalAsync(db, schedules, span, ct), now) : facts.Refusal;
        }

        private static FatiguedPerson Named(CalledPerson person, PersonFatigue figures) => new(person.Id, person.Name, person.Zone, person.IsOwn, figures);

        private static FatigueSpanFigures Of(Interval span, FatigueFacts facts, IReadOnlyDictionary<Guid, FinalSchedule> schedules, DateTimeOffset now)
        {
            var figures = FatigueFigures.Of(facts.Pages, facts.Zones(), now);
            var shifts = schedules.Values.Select(s => s.WholeWithin(span)).ToList();
            var calls = facts.Pages.SelectMany(p => p.Called).ToLookup(c => c.Person, c => c.At);
            return new(
                span.Start, span.End, figures with { People = [] }, ShiftLoads.Of(shifts.SelectMany(s => s.Shifts), shifts.Sum(s => s.CutOff), calls),
                [.. figures.People.Select(p => Named(facts.People[p.Person], p))]);
        }
    }
}
