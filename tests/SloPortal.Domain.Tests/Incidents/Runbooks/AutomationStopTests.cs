using CsCheck;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Runbooks;
using SloPortal.Domain.Tests.Common;

namespace SloPortal.Domain.Tests.Incidents.Runbooks;

public sealed class AutomationStopTests
{
    private static readonly DateTimeOffset Noon = At.Utc("2026-11-10 12:00");
    private static readonly ServiceStanding Checkout = new("Checkout", IsOfIncident: true, Pages: true, IsUnwell: true, ProbesFail: 2);
    private static readonly ServiceStanding Stock = new("Stock", IsOfIncident: false, IsNeeded: true);

    private static readonly Gen<ServiceStanding> Standings = Gen.Select(Gen.Bool.Array[5, 5], Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[0, 1]).Select((b, pass, fail, silent) =>
        new ServiceStanding("S", b[0], !b[0] && b[1], b[2], b[2] || b[3], b[4], pass, fail, silent));

    [Fact]
    public void Of_AServiceThatBurnsAndWhoseProbesFail_HasNothingAgainstIt() => Assert.Empty(AutomationStop.Of([Checkout, Stock]));

    [Fact]
    public void Of_NothingMeasured_HasNothingAgainstIt() =>
        Assert.Empty(AutomationStop.Of([new("Checkout", IsOfIncident: true, IsKnown: false), Stock with { IsKnown = false }]));

    [Fact]
    public void Of_ABudgetThatBurnsAtThePagingRateWhileAllProbesPass_Stops()
    {
        var passing = Checkout with { ProbesPass = 3, ProbesFail = 0 };

        Assert.Equal([new(StopPattern.ProbesPassWhileItBurns, "Checkout burns its budget at the rate that pages, but all its probes pass (3 locations).")], AutomationStop.Of([passing, Stock]));
        Assert.Empty(AutomationStop.Of([passing with { ProbesFail = 1 }, Stock]));
        Assert.Empty(AutomationStop.Of([passing with { ProbesSilent = 1 }, Stock]));
        Assert.Empty(AutomationStop.Of([passing with { Pages = false }, Stock]));
    }

    [Fact]
    public void Of_ProbesThatAllFailWhileNothingBurns_Stops()
    {
        var fine = new ServiceStanding("Checkout", IsOfIncident: true, ProbesFail: 1);

        Assert.Equal([new(StopPattern.ProbesFailWhileNothingBurns, "All probes of Checkout fail (1 location), but none of its objectives burns.")], AutomationStop.Of([fine, Stock]));
        Assert.Empty(AutomationStop.Of([fine with { IsKnown = false }, Stock]));
        Assert.Empty(AutomationStop.Of([fine with { ProbesPass = 1 }, Stock]));
    }

    [Fact]
    public void Of_ADependencyThatIsUnwellWhileTheServiceIsNot_Stops()
    {
        var (fine, sick) = (new ServiceStanding("Checkout", IsOfIncident: true, ProbesPass: 1), Stock with { IsUnwell = true });

        Assert.Equal([new(StopPattern.FailureIsElsewhere, "Stock, which Checkout needs, is unwell, and Checkout is not.")], AutomationStop.Of([fine, sick]));
        Assert.Equal("Stock, which the 2 services of the incident need, is unwell, and none of these is.", AutomationStop.Of([fine, fine with { Name = "Cart" }, sick])[0].Sentence);
        Assert.Empty(AutomationStop.Of([Checkout, sick]));
        Assert.Empty(AutomationStop.Of([fine with { IsKnown = false }, sick]));
        Assert.Empty(AutomationStop.Of([fine, sick with { IsNeeded = false }]));
    }

    [Fact]
    public void Of_ThreeServicesThatAreUnwell_StopsAndNamesThem()
    {
        var (pay, shop) = (new ServiceStanding("Payments", false, IsUnwell: true), new ServiceStanding("Shop", false, IsUnwell: true));

        Assert.Empty(AutomationStop.Of([Checkout, pay]));
        Assert.Equal([new(StopPattern.ManyServices, "3 services are unwell at once: Checkout, Payments, Shop.")], AutomationStop.Of([shop, Checkout, pay]));
        Assert.EndsWith("Checkout, N0, N1, N2, N3 and 3 more.", AutomationStop.Of([Checkout, .. Enumerable.Range(0, 7).Select(i => pay with { Name = $"N{i}" })])[0].Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_AnyServices_StopsForManyExactlyWhereManyAreUnwellAndTellsEachPatternOnce() => Standings.Array[0, 8].Sample(services =>
    {
        var reasons = AutomationStop.Of(services);

        Assert.Equal(services.Count(s => s.IsUnwell) >= AutomationStop.ManyServices, reasons.Any(r => r.Pattern == StopPattern.ManyServices));
        Assert.Equal(reasons.Count, reasons.Select(r => r.Pattern).Distinct().Count());
        // With no service of its own an incident contradicts itself nowhere.
        Assert.All(AutomationStop.Of([.. services.Where(s => !s.IsOfIncident)]), r => Assert.Equal(StopPattern.ManyServices, r.Pattern));
    });

    [Fact]
    public void Judge_APatternThatAPersonSetAside_StopsAgainOnlyInTheNextRoundOrForAnother()
    {
        var (automation, many, elsewhere) = (new IncidentAutomation(Guid.NewGuid()), new StopReason(StopPattern.ManyServices, "Many."), new StopReason(StopPattern.FailureIsElsewhere, "Elsewhere."));

        Assert.False(automation.Judge(1, [], Noon));
        Assert.True(automation.Judge(1, [many], Noon));
        Assert.Equal((true, "Many."), (automation.IsStopped, automation.Because));
        Assert.False(automation.Judge(1, [many], Noon));
        Assert.True(automation.Judge(1, [elsewhere, many], Noon.AddMinutes(1)));
        Assert.Equal((Noon, "Elsewhere. Many."), (automation.StoppedAt, automation.Because));

        Assert.Null(automation.Resume("Ines", "It is the balancer, and the runbook is for that", Noon));
        Assert.False(automation.IsStopped);
        Assert.False(automation.Judge(1, [many], Noon));
        Assert.True(automation.Judge(1, [many, AutomationStop.NotKnown], Noon));
        Assert.Equal(AutomationStop.NotKnown.Sentence, automation.Because);
        Assert.Null(automation.Resume("Ines", "Looked myself", Noon));
        Assert.True(automation.Judge(2, [many], Noon));
    }

    [Fact]
    public void Judge_APatternThatIsGone_StaysStoppedUntilAPersonResumes()
    {
        var automation = new IncidentAutomation(Guid.NewGuid());
        Assert.Equal(RefusalKind.Conflict, automation.Resume("Ines", "Why not", Noon)?.Kind);
        automation.Judge(1, [new(StopPattern.ManyServices, "Many.")], Noon);

        Assert.False(automation.Judge(1, [], Noon));
        Assert.False(automation.Judge(2, [], Noon));

        Assert.True(automation.IsStopped);
    }
}
