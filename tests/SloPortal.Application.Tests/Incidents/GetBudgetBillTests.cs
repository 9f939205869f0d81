using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Incidents;
using SloPortal.Application.Incidents.Response;
using SloPortal.Application.Measurement;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using static SloPortal.Application.Tests.Incidents.IncidentWorld;

namespace SloPortal.Application.Tests.Incidents;

public sealed class GetBudgetBillTests
{
    [Fact]
    public async Task GetBudgetBill_AnyIncidents_EqualsWhatAScanOfTheMinutesGives()
    {
        await using var world = await CreateAsync();
        var random = new Random(4711);
        var from = Noon.AddHours(-12);
        await world.Portal.CountAsync(world.Objective.SliId, [.. Enumerable.Range(0, 12 * 60).Where(_ => random.Next(10) > 0).Select(i => (from.AddMinutes(i), (double)random.Next(60, 101), 100d))]);
        for (var round = 0; round < 12; round++)
        {
            var made = new List<Incident>();
            await using (var db = await world.Portal.ContextAsync())
            {
                await db.Incidents.Where(i => i.MergedIntoId != null).ExecuteDeleteAsync(Ct);
                await db.Incidents.ExecuteDeleteAsync(Ct);
                for (var i = random.Next(0, 7); i > 0; i--)
                {
                    var started = from.AddSeconds(random.Next(-3600, 12 * 3600));
                    var incident = new Incident(Guid.NewGuid(), "Something", "", IncidentSeverity.Sev3, started, world.Commander.PersonId, started);
                    Assert.Null(incident.ChangeImpact(started, random.Next(4) == 0 ? null : started.AddSeconds(random.Next(0, 5 * 3600)), null));
                    switch (random.Next(4))
                    {
                        case 0: incident.ChangeAffected([], [world.Objective.Id]); break;
                        case 1: incident.ChangeAffected([world.Objective.Service.Id], []); break;
                        case 2: incident.ChangeAffected([world.Objective.Service.Id], [world.Objective.Id]); break;
                    }
                    if (random.Next(4) == 0)
                        Assert.Null(incident.Restrict([world.Responder.PersonId]));
                    else if (made.Find(m => m is { IsMerged: false, IsRestricted: false }) is { } survivor && random.Next(3) == 0)
                        Assert.Null(incident.MergeInto(survivor, Noon.AddMinutes(-random.Next(0, 60))));
                    made.Add(incident);
                }
                db.AddRange(made);
                await db.SaveChangesAsync(Ct);
            }

            foreach (var reader in (Actor[])[world.Commander, world.Responder])
            {
                var bill = await ReadAsync(world, reader, from);
                var naive = await ScanAsync(world, made, reader, new Interval(from, Noon));
                Assert.Equal(naive.Where(n => n.Number is not null).ToDictionary(n => n.Number!.Value, n => n.Bad), bill.Items.Where(i => i.Burned.Bad > 0).ToDictionary(i => i.Number, i => i.Burned.Bad));
                Assert.Equal(naive.Where(n => n.Number is null).Sum(n => n.Bad), bill.Unexplained.Bad);
                Assert.Equal(bill.Burned.Bad, bill.Items.Sum(i => i.Burned.Bad) + bill.Unexplained.Bad);
                Assert.Equal(1, bill.Items.Sum(i => i.Burned.Share!.Value) + bill.Unexplained.Share!.Value, 9);
            }
        }
    }

    [Fact]
    public async Task GetBudgetBill_RestrictedToOthers_IsUnexplained()
    {
        await using var world = await CreateAsync();
        await world.Portal.CountEvenlyAsync(world.Objective.SliId, Noon.AddHours(-2), Noon, bad: 1, total: 100);
        var number = await world.DeclareAsync();

        var open = await ReadAsync(world, world.Responder, Noon.AddHours(-2));
        (await world.Get<RestrictIncident.Handler>().HandleAsync(new RestrictIncident(number, []), world.Commander, Ct)).Require();
        var hidden = await ReadAsync(world, world.Responder, Noon.AddHours(-2));
        var seen = await ReadAsync(world, world.Commander, Noon.AddHours(-2));

        Assert.Equal((number, 10d, 110d), (Assert.Single(open.Items).Number, open.Items[0].Burned.Bad, open.Unexplained.Bad));
        // Two hours of even traffic with one failure in a hundred are 1.2 minutes of full outage.
        Assert.Equal(1.2, open.Burned.Minutes!.Value, 9);
        Assert.Empty(hidden.Items);
        Assert.Equal((120d, 1d), (hidden.Unexplained.Bad, hidden.Unexplained.Share!.Value));
        Assert.Equivalent(open, seen);
    }

    [Fact]
    public async Task GetBudgetBill_NothingAsked_IsForTheWindowOfTheObjective()
    {
        await using var world = await CreateAsync();

        var bill = (await world.Get<GetBudgetBill.Handler>().HandleAsync(new GetBudgetBill(world.Service, "availability"), world.Responder, Ct)).Value!;

        Assert.Equal((Noon.AddDays(-30), Noon), (bill.From, bill.To));
        Assert.Equal(new BurnedPart(0, null, null), bill.Unexplained);
    }

    private static async Task<BudgetBill> ReadAsync(IncidentWorld world, Actor reader, DateTimeOffset from) =>
        (await world.Get<GetBudgetBill.Handler>().HandleAsync(new GetBudgetBill(world.Service, "availability", From: from, To: Noon), reader, Ct)).Require()!;

    /// <summary>Minute by minute, from the rules as decision 0016 has them.</summary>
    private static async Task<List<(int? Number, double Bad)>> ScanAsync(IncidentWorld world, List<Incident> made, Actor reader, Interval window)
    {
        var felt = from i in made
                   where i.MayBeSeenBy(reader.PersonId)
                   let counts = made.Find(m => m.Id == i.MergedIntoId) ?? i
                   where counts.Services.Count + counts.Objectives.Count > 0
                   let end = i.EndedAt ?? (i.IsMerged ? i.MergedAt!.Value : window.End)
                   where end > i.StartedAt
                   orderby counts.StartedAt, counts.Number
                   select (counts.Number, i.StartedAt, End: end);
        var minutes = await world.Get<SliCounts>().BucketsAsync(world.Objective.SliId, window, BucketSize.Minute, Ct);
        return
        [
            .. minutes.GroupBy(m => felt.Where(f => f.StartedAt < m.Start.AddMinutes(1) && f.End > m.Start).Select(f => (int?)f.Number).FirstOrDefault())
                .Select(g => (g.Key, g.Sum(m => m.Counts.Bad))).Where(g => g.Item2 > 0),
        ];
    }
}
