using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Timeline;
using SloPortal.Domain.Incidents.Updates;
using SloPortal.Domain.Tests.Common;

namespace SloPortal.Domain.Tests.Incidents.Updates;

public sealed class IncidentUpdateTests
{
    private static readonly DateTimeOffset Noon = At.Utc("2026-11-10 12:00");
    private static readonly Guid Author = Guid.NewGuid();
    private static readonly Guid Other = Guid.NewGuid();

    private static UpdateText Text(ToldState state = ToldState.Investigating, DateTimeOffset? next = null) =>
        new(state, "Checkout fails", "We look into it.", next, [new ToldService(Guid.NewGuid(), ServiceCondition.Outage)], [Guid.NewGuid()]);

    private static IncidentUpdate Update(DateTimeOffset? next = null, ToldState state = ToldState.Investigating) => new(Guid.NewGuid(), Guid.NewGuid(), Text(state, next), Author, "Rosa", Noon);

    [Fact]
    public void Approve_ByItsAuthor_IsDenied()
    {
        var update = Update();

        Assert.Equal(RefusalKind.Denied, update.Approve(Author, "Rosa", Noon)?.Kind);
        Assert.Equal(UpdateState.Waiting, update.State);
    }

    [Fact]
    public void Approve_BySomebodyElse_IsPublishedThen()
    {
        var update = Update(Noon.AddHours(1));

        Assert.Null(update.Approve(Other, "Ines", Noon.AddMinutes(5)));

        Assert.Equal((UpdateState.Published, Noon.AddMinutes(5), "Ines"), (update.State, update.PublishedAt, update.DecidedByName));
        Assert.Equal(RefusalKind.Conflict, update.Revise(Text(), Author, Noon)?.Kind);
        Assert.Equal(RefusalKind.Conflict, update.Withdraw()?.Kind);
        Assert.Equal(RefusalKind.Conflict, update.SendBack("Ines", "no")?.Kind);
    }

    [Fact]
    public void Approve_PromiseHasPassedMeanwhile_IsRefused() =>
        Assert.Contains("promised for a time that has passed", Update(Noon.AddMinutes(10)).Approve(Other, "Ines", Noon.AddMinutes(10))?.Message, StringComparison.Ordinal);

    [Fact]
    public void Approve_SentBack_WaitsForTheAuthorFirst()
    {
        var update = Update();
        Assert.Null(update.SendBack("Ines", "Name the service."));

        Assert.Equal(RefusalKind.Conflict, update.Approve(Other, "Ines", Noon)?.Kind);
        Assert.Equal(RefusalKind.Denied, update.Revise(Text(), Other, Noon)?.Kind);
        Assert.Null(update.Revise(Text(ToldState.Identified), Author, Noon));
        Assert.Null(update.SentBackBecause);
        Assert.Null(update.Approve(Other, "Ines", Noon));
        Assert.Equal(ToldState.Identified, update.Told);
    }

    [Fact]
    public void Write_Resolved_LeavesEveryServiceOperational() =>
        Assert.All(Update(state: ToldState.Resolved).Services, s => Assert.Equal(ServiceCondition.Operational, s.Condition));

    [Fact]
    public void WhyNot_Promises_AreOnlyForTheNearFutureOfWhatLasts()
    {
        Assert.NotNull(Text(next: Noon).WhyNot(Noon));
        Assert.NotNull(Text(next: Noon.AddDays(8)).WhyNot(Noon));
        Assert.NotNull(Text(ToldState.Resolved, Noon.AddHours(1)).WhyNot(Noon));
        Assert.Null(Text(next: Noon.AddMinutes(1)).WhyNot(Noon));
        Assert.Null(Text().WhyNot(Noon));
    }

    [Theory]
    [InlineData(IncidentSeverity.Sev1, 30)]
    [InlineData(IncidentSeverity.Sev2, 60)]
    [InlineData(IncidentSeverity.Sev3, 240)]
    public void Due_NothingToldYet_IsOneRhythmAfterTheDeclaration(IncidentSeverity severity, int minutes)
    {
        var due = UpdateCadence.Due(true, severity, Noon, null);

        Assert.Equal((DueBasis.First, Noon.AddMinutes(minutes)), (due.Basis, due.At));
        Assert.Null(due.OverdueBy(Noon.AddMinutes(minutes)));
        Assert.Equal(TimeSpan.FromMinutes(5), due.OverdueBy(Noon.AddMinutes(minutes + 5)));
    }

    [Fact]
    public void Due_OfWhatWasTold_FollowsThePromiseBeforeTheRhythm()
    {
        var promised = new LastUpdate(ToldState.Identified, Noon, Noon.AddMinutes(20));

        Assert.Equal(new UpdateDue(DueBasis.Promised, Noon.AddMinutes(20)), UpdateCadence.Due(true, IncidentSeverity.Sev2, Noon, promised));
        Assert.Equal(new UpdateDue(DueBasis.Promised, Noon.AddMinutes(20)), UpdateCadence.Due(true, IncidentSeverity.Sev4, Noon, promised));
        Assert.Equal(new UpdateDue(DueBasis.Rhythm, Noon.AddHours(1)), UpdateCadence.Due(true, IncidentSeverity.Sev2, Noon.AddDays(-1), promised with { NextUpdateAt = null }));
        Assert.Equal(new UpdateDue(DueBasis.None, null), UpdateCadence.Due(true, IncidentSeverity.Sev4, Noon, null));
        Assert.Equal(new UpdateDue(DueBasis.None, null), UpdateCadence.Due(true, IncidentSeverity.Sev1, Noon, promised with { Told = ToldState.Resolved, NextUpdateAt = null }));
        Assert.Equal(new UpdateDue(DueBasis.None, null), UpdateCadence.Due(false, IncidentSeverity.Sev1, Noon, promised));
    }

    [Fact]
    public void InsteadOfCorrecting_WhatWasTold_IsAnotherUpdate()
    {
        Assert.Contains("Publish another update", EntryKinds.InsteadOfCorrecting(EntryKind.Update), StringComparison.Ordinal);
        Assert.All(Enum.GetValues<EntryKind>(), kind => _ = EntryKinds.InsteadOfCorrecting(kind));
    }

    [Fact]
    public void Templates_OfEachState_NameServicesAndTimes()
    {
        var names = new[] { "Checkout", "Search", "Billing" };

        Assert.Equal("Problems with Checkout, Search and Billing", UpdateTemplates.Title(names));
        Assert.Equal("Problems with 40 services", UpdateTemplates.Title([.. Enumerable.Repeat("Checkout", 40)]));
        Assert.All(Enum.GetValues<ToldState>(), state => Assert.Contains("Checkout, Search and Billing", UpdateTemplates.Body(state, names, Noon, Noon.AddMinutes(90)), StringComparison.Ordinal));
        Assert.Contains("from 12:00 UTC on 10 November to 13:30 UTC on 10 November", UpdateTemplates.Body(ToldState.Resolved, names, Noon, Noon.AddMinutes(90)), StringComparison.Ordinal);
    }
}
