using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using SloPortal.Data;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Escalation;
using SloPortal.Domain.Incidents.Escalation.Fatigue;

namespace SloPortal.Application.Incidents.Escalation.Fatigue;

/// <summary>A person who was called, and by whose clock their nights are told.</summary>
/// <param name="Zone">IANA id.</param>
/// <param name="IsOwn">From their profile; else that of the business hours of a team of theirs, or UTC.</param>
internal sealed record CalledPerson(Guid Id, string Name, string Zone, bool IsOwn);

/// <summary>Pages of a stretch of time with those whom they called. Tests are left out.</summary>
/// <param name="People">Everybody who was called.</param>
internal sealed record FatigueFacts(IReadOnlyList<PagedFact> Pages, IReadOnlyDictionary<Guid, CalledPerson> People)
{
    /// <summary>More pages than a reader can mean; about 100 MB while they are counted.</summary>
    private const int Most = 200_000;

    private static readonly Refusal TooMany = Refusal.Invalid("From", $"These are more than {Most:N0} pages. Choose a shorter span, or one team.");

    /// <param name="span">Of the opening.</param>
    /// <param name="team">Null for all.</param>
    /// <param name="person">Only pages that called this person; null for all pages, also those that called nobody.</param>
    public static async Task<Outcome<FatigueFacts>> ReadAsync(PortalDbContext db, Interval span, Guid? team, Guid? person, CancellationToken ct)
    {
        var pages = await PagesAsync(db, span, team, person, ct);
        if (pages is null)
            return TooMany;
        return new FatigueFacts(pages, await PeopleAsync(db, [.. pages.SelectMany(p => p.Called).Select(c => c.Person).Distinct()], ct));
    }

    /// <returns>Null where there are more than <see cref="Most"/>.</returns>
    private static async Task<List<PagedFact>?> PagesAsync(PortalDbContext db, Interval span, Guid? team, Guid? person, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        var found = new Dictionary<Guid, (PagedFact Page, List<CalledFact> Called, int FirstRound)>();
        await using (var pages = Command(db, "id, opened_at, CASE WHEN last_round > repeats THEN last_round - repeats ELSE 0 END, exhausted_at IS NOT NULL, acknowledged_at, acknowledged_by, acknowledged_as, resolved_at, resolved_because", "", span, team, person))
        await using (var reader = await pages.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                if (found.Count == Most)
                    return null;
                var called = new List<CalledFact>(2);
                var page = Read(reader, called);
                found.Add(page.Id, (page, called, reader.GetInt32(2)));
            }
        }
        // Whoever is called gets a notice in the portal at that moment, whatever other ways they have.
        await using (var calls = Command(db, "m.page_id, m.person_id, m.round, m.created_at", "JOIN page_messages m ON m.page_id = pages.id AND m.channel = 'Portal'", span, team, person))
        await using (var reader = await calls.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                if (found.TryGetValue(reader.GetGuid(0), out var page))
                    Add(page.Called, reader.GetGuid(1), reader.GetFieldValue<DateTimeOffset>(3), reader.GetInt32(2) >= page.FirstRound);
            }
        }
        return [.. found.Values.Select(f => f.FirstRound > 0 ? f.Page with { CallingSince = f.Called.Min(c => c.Since) ?? f.Page.OpenedAt } : f.Page)];
    }

    private static NpgsqlCommand Command(PortalDbContext db, string columns, string join, Interval span, Guid? team, Guid? person)
    {
        var command = ((NpgsqlConnection)db.Database.GetDbConnection()).CreateCommand();
        command.CommandText =
            $"""
            SELECT {columns} FROM pages {join}
            WHERE pages.opened_at >= $1 AND pages.opened_at < $2 AND NOT starts_with(pages.group_key, $5) AND ($3::uuid IS NULL OR pages.team_id = $3)
              AND ($4::uuid IS NULL OR EXISTS (SELECT 1 FROM page_messages c WHERE c.page_id = pages.id AND c.person_id = $4))
            """;
        foreach (var instant in (DateTimeOffset[])[span.Start, span.End])
            command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = instant });
        foreach (var id in (Guid?[])[team, person])
            command.Parameters.Add(new NpgsqlParameter { Value = id ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Page.TestGroup });
        return command;
    }

    /// <summary>A person has one line, of their first call, and of the first in the calling that counts.</summary>
    private static void Add(List<CalledFact> called, Guid person, DateTimeOffset at, bool counts)
    {
        var place = called.FindIndex(c => c.Person == person);
        if (place < 0)
        {
            called.Add(new(person, at, counts ? at : null));
            return;
        }
        var known = called[place];
        called[place] = new(person, at < known.At ? at : known.At, counts && !(known.Since <= at) ? at : known.Since);
    }

    private static PagedFact Read(NpgsqlDataReader reader, List<CalledFact> called)
    {
        var opened = reader.GetFieldValue<DateTimeOffset>(1);
        return new(
            reader.GetGuid(0), opened, opened, reader.GetBoolean(3), Instant(reader, 4), reader.IsDBNull(5) ? null : reader.GetGuid(5), reader.IsDBNull(6) ? null : Enum.Parse<AcknowledgedAs>(reader.GetString(6)),
            Instant(reader, 7), !reader.IsDBNull(8) && reader.GetString(8) != Page.SignalsEnded, called);
    }

    private static DateTimeOffset? Instant(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);

    /// <summary>The zones of people who were called.</summary>
    public Func<Guid, TimeZoneInfo> Zones()
    {
        var zones = People.Values.ToDictionary(p => p.Id, p => TimeZoneInfo.TryFindSystemTimeZoneById(p.Zone, out var zone) ? zone : TimeZoneInfo.Utc);
        return id => zones[id];
    }

    /// <summary>Their names, and by whose clock their nights are told.</summary>
    public static async Task<Dictionary<Guid, CalledPerson>> PeopleAsync(PortalDbContext db, List<Guid> ids, CancellationToken ct)
    {
        var people = await db.Users.AsNoTracking().Where(u => ids.Contains(u.Id)).Select(u => new { u.Id, u.DisplayName, u.TimeZone }).ToListAsync(ct);
        var unset = people.Where(p => p.TimeZone == null).Select(p => p.Id).ToList();
        var ofTeams = (await (from m in db.TeamMembers
                              join t in db.Teams on m.TeamId equals t.Id
                              join h in db.TeamHours on m.TeamId equals h.TeamId
                              where unset.Contains(m.PersonId)
                              orderby t.Name
                              select new { m.PersonId, h.TimeZone }).ToListAsync(ct)).ToLookup(t => t.PersonId, t => t.TimeZone);
        return people.ToDictionary(p => p.Id, p => new CalledPerson(p.Id, p.DisplayName, p.TimeZone ?? ofTeams[p.Id].FirstOrDefault() ?? "UTC", p.TimeZone is not null));
    }
}
