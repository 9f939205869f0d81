using SloPortal.Domain.Budgets;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Triage;
using SloPortal.Domain.Tests.Common;

namespace SloPortal.Domain.Tests.Incidents.Triage;

public sealed class TriageRoundTests
{
    private static readonly DateTimeOffset Noon = At.Utc("2026-11-10 12:00");

    [Fact]
    public void TriageRound_AServiceThatComes_AsksAgainAndOneThatGoesDoesNot()
    {
        var (incident, service) = (Declared(), Guid.NewGuid());
        Assert.Equal(1, incident.TriageRound);

        incident.ChangeAffected([service], []);
        incident.ChangeAffected([service], []);
        incident.ChangeAffected([], []);
        Assert.Equal(2, incident.TriageRound);

        incident.Join(Guid.NewGuid(), Guid.NewGuid(), service);
        incident.Join(Guid.NewGuid(), Guid.NewGuid(), service);
        Assert.Equal(3, incident.TriageRound);
    }

    [Fact]
    public void AskTriage_OfAResolvedIncident_IsRefused()
    {
        var incident = Declared();
        Assert.Null(incident.AskTriage());
        incident.ChangeStatus(IncidentStatus.Acknowledged, Noon);
        incident.ChangeStatus(IncidentStatus.Resolved, Noon);

        Assert.Contains("is resolved", incident.AskTriage()!.Message, StringComparison.Ordinal);
        Assert.Equal(2, incident.TriageRound);
    }

    [Theory]
    [InlineData(BudgetStanding.Healthy, true, 2.0, true, "burn alert fires, burns 2 times even")]
    [InlineData(BudgetStanding.AtRisk, false, 6.0, true, "burns 6 times even, budget at risk")]
    [InlineData(BudgetStanding.Exhausted, false, 0.5, false, "burns 0.5 times even, budget spent")]
    [InlineData(BudgetStanding.NoData, false, null, false, "no data in the last hour")]
    public void IsUnwell_ADependency_HurtsWhereItBurnsNow(BudgetStanding standing, bool fires, double? burn, bool unwell, string words)
    {
        var health = new DependencyHealth(standing, fires, burn);

        Assert.Equal((unwell, words), (health.IsUnwell, health.Words));
    }

    private static Incident Declared() => new(Guid.NewGuid(), "Checkout fails", "", IncidentSeverity.Sev2, Noon, Guid.NewGuid(), Noon);
}
