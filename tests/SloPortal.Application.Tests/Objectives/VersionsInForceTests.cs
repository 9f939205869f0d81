using Microsoft.EntityFrameworkCore;
using Npgsql;
using SloPortal.Application.Objectives;
using SloPortal.Domain.Objectives;
using SloPortal.TestSupport;

namespace SloPortal.Application.Tests.Objectives;

public sealed class VersionsInForceTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task InForceAt_EveryReader_GivesTheSameAnswer()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var start = agreement.Now;
        await agreement.SignByBothAsync(await agreement.ProposeAsync(Ct), Ct);
        agreement.Clock.Advance(TimeSpan.FromDays(2));
        await agreement.SignByBothAsync(await agreement.ProposeVersionAsync(agreement.Terms(99.5m, effectiveFrom: agreement.Now.AddDays(3)), Ct), Ct);

        (DateTimeOffset At, int? Expected)[] moments =
        [
            (start.AddTicks(-10), null), (start, 1), (start.AddDays(4), 1), (start.AddDays(5).AddTicks(-10), 1), (start.AddDays(5), 2), (start.AddYears(1), 2),
        ];
        foreach (var (at, expected) in moments)
        {
            await using var db = await agreement.OpenAsync(Ct);
            var objective = await db.Objectives.SingleAsync(o => o.ServiceId == agreement.ServiceId, Ct);
            Assert.Equal(expected, (await db.VersionsInForceAt(at).SingleOrDefaultAsync(v => v.ObjectiveId == objective.Id, Ct))?.Number);

            await using var command = agreement.Get<NpgsqlDataSource>().CreateCommand($"SELECT number FROM ({VersionsInForce.Sql("$1")}) v WHERE objective_id = $2");
            command.Parameters.AddWithValue(at);
            command.Parameters.AddWithValue(objective.Id);
            Assert.Equal(expected, (int?)await command.ExecuteScalarAsync(Ct));

            var listed = (await agreement.Get<ListVersionsInForce.Handler>().HandleAsync(new(at, agreement.Service), agreement.Stakeholder, Ct)).Require();
            Assert.Equal(expected, listed.SingleOrDefault()?.Number);

            var versions = await db.ObjectiveVersions.Where(v => v.ObjectiveId == objective.Id).OrderBy(v => v.EffectiveFrom).ToListAsync(Ct);
            var terms = ObjectiveTerms.InForceAt([.. versions.Select(v => v.Terms)], at);
            Assert.Equal(expected is null ? null : versions[expected.Value - 1].Terms, terms);

            agreement.Clock.SetUtcNow(at > agreement.Now ? at : agreement.Now);
            if (at == agreement.Now)
                Assert.Equal(expected, (await agreement.Get<GetObjective.Handler>().HandleAsync(new(agreement.Service, "orders-placed"), agreement.Owner, Ct)).Require().InForce);
        }
    }

    [Fact]
    public async Task Version_BeforeOneThatIsAgreedForLater_IsRefused()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        await agreement.SignByBothAsync(await agreement.ProposeAsync(Ct, terms: agreement.Terms(effectiveFrom: agreement.Now.AddDays(10))), Ct);

        var outcome = await agreement.Get<SloPortal.Application.Objectives.Proposals.ProposeVersion.Handler>()
            .HandleAsync(new(agreement.Service, "orders-placed", agreement.Terms(99m)), agreement.Owner, Ct);

        Assert.Contains("Version 1 is agreed", outcome.Refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Window_CalendarMonthWithClockChange_IsStoredAndReadWithItsRealLength()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);

        await agreement.SignByBothAsync(await agreement.ProposeAsync(Ct, terms: agreement.Terms(window: "calendar month Europe/Berlin")), Ct);

        await using var db = await agreement.OpenAsync(Ct);
        var version = await db.ObjectiveVersions.SingleAsync(v => v.SliId == agreement.SliId, Ct);
        Assert.Equal(new CalendarWindow(CalendarPeriod.Month, "Europe/Berlin"), version.Window);
        // The clocks go back on 25 October 2026, so that October has an hour more.
        Assert.Equal(TimeSpan.FromHours(31 * 24 + 1), version.Window.PeriodAt(new DateTimeOffset(2026, 10, 10, 0, 0, 0, TimeSpan.Zero)));
    }
}
