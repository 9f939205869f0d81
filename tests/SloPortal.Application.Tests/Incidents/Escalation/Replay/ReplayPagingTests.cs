using SloPortal.Application.Incidents.Escalation.Answering;
using SloPortal.Application.Incidents.Escalation.Policies;
using SloPortal.Application.Incidents.Escalation.Quiet;
using SloPortal.Application.Incidents.Escalation.Replay;
using SloPortal.Domain.Access;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.Domain.Incidents.Escalation;
using SloPortal.Domain.Incidents.Escalation.Quiet;
using static SloPortal.Application.Tests.Incidents.Escalation.PagingWorld;

namespace SloPortal.Application.Tests.Incidents.Escalation.Replay;

public sealed class ReplayPagingTests
{
    /// <summary>Whatever happened: by the rules that decided it, the replay gives the pages that were sent, with the same signals.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Replay_RulesInForce_GiveExactlyWhatWasSent(int seed)
    {
        await using var world = await CreateAsync();
        var policy = await world.CallAsync(world.First);
        RuleGiven[] rules =
        [
            new(SignalSeverity.Critical, Policy: policy, GroupBy: ["instance"], Quiet: new QuietTerms(PagesPerHour: 3)),
            new(SignalSeverity.Error, Policy: policy, Quiet: new QuietTerms(Signals: 3, WithinMinutes: 10)),
        ];
        (await world.Get<SetPagingRules.Handler>().HandleAsync(new(world.Team, rules), world.Owner, Ct)).Require();
        await LiveAsync(world, new Random(seed));

        var replayed = await ReplayAsync(world, rules);

        Assert.True(replayed.Sent > 3, $"Only {replayed.Sent} pages were sent.");
        Assert.Equal((0, replayed.Sent, replayed.Sent), (replayed.Differing, replayed.Now.Pages, replayed.Then.Pages));
        Assert.Equal((0, 0), (replayed.GoneTotal, replayed.NewTotal));
    }

    [Fact]
    public async Task Replay_RulesThatChangedMeanwhile_EachTimeIsPlayedByItsOwn()
    {
        await using var world = await CreateAsync();
        var policy = await world.CallAsync(world.First);
        await FireAsync(world, "a");
        world.Portal.Clock.Advance(TimeSpan.FromMinutes(5));
        (await world.Get<SetPagingRules.Handler>().HandleAsync(new(world.Team, [new(SignalSeverity.Critical, Policy: policy, GroupBy: ["instance"])]), world.Owner, Ct)).Require();
        await FireAsync(world, "b");

        var replayed = await ReplayAsync(world, [new(SignalSeverity.Info, Action: PagingAction.Record)]);

        Assert.Equal((1, 0, 0), (replayed.Sent, replayed.Differing, replayed.Then.Pages));
    }

    [Fact]
    public async Task Replay_StricterRules_TellWhatIsGoneAndTheIncidentThatNobodyWouldKnowOf()
    {
        await using var world = await CreateAsync();
        var policy = await world.CallAsync([new(10, [new(EscalationTargetKind.Person, world.First.PersonId)])], groupBy: ["instance"]);
        await FireAsync(world, "a");
        (await world.Get<AcknowledgePage.Handler>().HandleAsync(new((await world.PageAsync()).Number), world.First, Ct)).Require();
        await FireAsync(world, "b", SignalSeverity.Critical);
        var number = await DeclareAsync(world, restricted: false);

        var stricter = await ReplayAsync(world, [new(SignalSeverity.Critical, Policy: policy)]);
        var none = await ReplayAsync(world, []);

        Assert.Equal((2, 1, 0), (stricter.Now.Pages, stricter.Then.Pages, stricter.NewTotal));
        var gone = Assert.Single(stricter.Gone);
        Assert.Equal((true, SignalOutcome.NoPolicy), (gone.IsTaken, gone.Instead!.Value));
        Assert.Empty(stricter.Missed);
        Assert.Equal((0, 2), (none.Then.Pages, none.GoneTotal));
        Assert.Equal(number, Assert.Single(none.Missed).Number);
        var person = Assert.Single(none.People);
        Assert.Equal(("Aiko", 2, 0), (person.Name, person.Now, person.Then));
    }

    [Fact]
    public async Task Replay_RestrictedIncident_IsNotAmongWhatIsMissed()
    {
        await using var world = await CreateAsync();
        await world.CallAsync(world.First);
        await FireAsync(world, "a");
        await DeclareAsync(world, restricted: true);

        Assert.Empty((await ReplayAsync(world, [])).Missed);
    }

    [Fact]
    public async Task Replay_WiderRules_TellWhatIsNew()
    {
        await using var world = await CreateAsync();
        var policy = await world.CallAsync(world.First);
        await FireAsync(world, "quiet", SignalSeverity.Warning);

        var replayed = await ReplayAsync(world, [new(SignalSeverity.Warning, Policy: policy)]);

        Assert.Equal((0, 1, "quiet is full"), (replayed.Sent, replayed.NewTotal, Assert.Single(replayed.New).Title));
    }

    [Fact]
    public async Task Replay_BadInput_IsRefusedWithASentence()
    {
        await using var world = await CreateAsync();
        var handler = world.Get<ReplayPaging.Handler>();

        Assert.Equal("Choose 1 to 90 days.", (await handler.HandleAsync(new(world.Team, [], 91), world.Owner, Ct)).Refusal!.Message);
        Assert.Contains("is no service of", (await handler.HandleAsync(new(world.Team, [new(SignalSeverity.Error, Service: "other", Action: PagingAction.Record)]), world.Owner, Ct)).Refusal!.Message, StringComparison.Ordinal);
        Assert.NotNull((await handler.HandleAsync(new("nobody", []), world.Owner, Ct)).Refusal);
    }

    /// <summary>Half a day of signals that fire, rise and end, with a silence, and people who take and end pages.</summary>
    private static async Task LiveAsync(PagingWorld world, Random random)
    {
        for (var step = 0; step < 120; step++)
        {
            var key = $"disk {random.Next(6)}";
            switch (random.Next(12))
            {
                case < 5:
                    await world.FireAsync(key, random.Next(3) == 0 ? SignalSeverity.Critical : SignalSeverity.Error);
                    break;
                case < 9:
                    await world.EndAsync(key);
                    break;
                case 9 when await OpenAsync(world) is { } taken:
                    (await world.Get<AcknowledgePage.Handler>().HandleAsync(new(taken), world.First, Ct)).Require();
                    break;
                case 10 when await OpenAsync(world) is { } ended:
                    (await world.Get<ResolvePage.Handler>().HandleAsync(new(ended, null), world.First, Ct)).Require();
                    break;
                case 11:
                    (await world.Get<PlanSilence.Handler>().HandleAsync(
                        new(world.Team, null, [new LabelCondition("instance", LabelComparison.Equal, key)], null, world.Now.AddMinutes(15), "Work on it"), world.Owner, Ct)).Require();
                    break;
                default:
                    break;
            }
            await world.TickAsync();
            // The pager looks every second; what is due by time is decided when it is due.
            for (var left = random.Next(1, 8) * 60; left > 0; left -= 60)
            {
                world.Portal.Clock.Advance(TimeSpan.FromSeconds(60));
                await world.TickAsync();
            }
        }
    }

    private static async Task<int?> OpenAsync(PagingWorld world) =>
        (await world.Get<ListPages.Handler>().HandleAsync(new ListPages(PageState.Open), world.Owner, Ct)).Require().Pages.Items is [var first, ..] ? first.Number : null;

    private static async Task FireAsync(PagingWorld world, string key, SignalSeverity severity = SignalSeverity.Error)
    {
        await world.FireAsync(key, severity);
        await world.TickAsync();
    }

    private static async Task<PagingReplayed> ReplayAsync(PagingWorld world, IReadOnlyList<RuleGiven> rules)
    {
        world.Portal.Clock.Advance(TimeSpan.FromSeconds(1));
        return (await world.Get<ReplayPaging.Handler>().HandleAsync(new ReplayPaging(world.Team, rules), world.Owner, Ct)).Require();
    }

    private static async Task<int> DeclareAsync(PagingWorld world, bool restricted)
    {
        await using var db = await world.Portal.ContextAsync();
        var incident = new Incident(Guid.NewGuid(), "Checkout is down", "", IncidentSeverity.Sev2, world.Now, world.First.PersonId, world.Now);
        incident.Services.Add(new IncidentService(incident.Id, world.Objective.Service.Id));
        if (restricted)
            incident.Restrict([world.First.PersonId]);
        db.Incidents.Add(incident);
        await db.SaveChangesAsync(Ct);
        return incident.Number;
    }
}
