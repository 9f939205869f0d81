using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Updates;

namespace SloPortal.Domain.Tests.Incidents.Updates;

public sealed class UpdateReminderTests
{
    private static readonly DateTimeOffset Due = new(2026, 11, 10, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(IncidentSeverity.Sev1, 10)]
    [InlineData(IncidentSeverity.Sev2, 15)]
    [InlineData(IncidentSeverity.Sev3, 60)]
    [InlineData(IncidentSeverity.Sev4, 30)]
    public void Step_WhileNobodyWrites_RemindsAndEscalatesOnceEach(IncidentSeverity severity, int minutes)
    {
        var reminder = new UpdateReminder(Guid.NewGuid());
        var steps = Enumerable.Range(-5, 200).Select(m => (m, Step: reminder.Step(Due, severity, Due.AddMinutes(m)))).Where(s => s.Step != ReminderStep.Nothing);

        Assert.Equal([(0, ReminderStep.Remind), (minutes, ReminderStep.Escalate)], steps);
    }

    [Fact]
    public void Step_OfAnotherUpdateThatIsDue_BeginsAnew()
    {
        var reminder = new UpdateReminder(Guid.NewGuid());
        reminder.Step(Due, IncidentSeverity.Sev1, Due);
        reminder.Step(Due, IncidentSeverity.Sev1, Due.AddMinutes(10));

        Assert.Equal(ReminderStep.Nothing, reminder.Step(Due.AddHours(1), IncidentSeverity.Sev1, Due.AddMinutes(30)));
        Assert.Equal(ReminderStep.Remind, reminder.Step(Due.AddHours(1), IncidentSeverity.Sev1, Due.AddHours(1)));
    }

    [Fact]
    public void Step_AfterThePortalWasAway_GivesTimeBeforeItEscalates()
    {
        var reminder = new UpdateReminder(Guid.NewGuid());

        Assert.Equal(ReminderStep.Remind, reminder.Step(Due, IncidentSeverity.Sev1, Due.AddHours(2)));
        Assert.Equal(ReminderStep.Nothing, reminder.Step(Due, IncidentSeverity.Sev1, Due.AddHours(2).AddMinutes(9)));
        Assert.Equal(ReminderStep.Escalate, reminder.Step(Due, IncidentSeverity.Sev1, Due.AddHours(2).AddMinutes(10)));
    }
}
