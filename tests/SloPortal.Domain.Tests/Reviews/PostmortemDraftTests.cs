using SloPortal.Domain.Incidents.Timeline;
using SloPortal.Domain.Reviews.Writing;

namespace SloPortal.Domain.Tests.Reviews;

public sealed class PostmortemDraftTests
{
    private static readonly DateTimeOffset start = new(2026, 11, 10, 12, 0, 0, TimeSpan.Zero);

    private static readonly PostmortemFacts facts = new(
        "INC-42", "Checkout fails", "", "SEV-2, major", start, start.AddMinutes(74), start.AddMinutes(9), start.AddMinutes(11), start.AddMinutes(60), start.AddMinutes(74),
        1_234, new FoundByAlert("Orders placed of Checkout", start.AddMinutes(6)), "Olga Owner",
        ["Checkout", "Search"], [new BudgetImpact("Orders placed of Checkout", "99.9 %", 3_100, 31.4, 0.62)],
        [new TimelineFact(start.AddMinutes(9), EntryKind.Declared, Provenance.Asserted, "Olga Owner", "Declared | *SEV-2*\nsee https://example.org/a_b_c")],
        ["error rate.png"]);

    [Fact]
    public void Compose_AllFacts_SaysUsersMinutesBudgetDetectionAndTimelineInUtc()
    {
        var text = PostmortemDraft.Compose(facts);

        Assert.Equal("INC-42: Checkout fails", text.Title);
        Assert.Contains("Checkout and Search were affected", text.Summary, StringComparison.Ordinal);
        foreach (var said in new[]
                 {
                     "1,234 affected", "1 h 14 min (74 minutes)", "31.4 minutes of budget", "3,100 failed events", "fired at 2026-11-10 12:06 UTC, 6 min after",
                     "| 2026-11-10 12:09:00 | Declared \\| \\*SEV-2\\* see https://example.org/a_b_c | Olga Owner |", "[error rate.png](attachment:error%20rate.png)",
                 })
            Assert.Contains(said, text.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void Compose_AnyFacts_HasEverySectionWithGuidanceInOrder()
    {
        var headings = PostmortemDraft.Compose(facts).Body.Split('\n').Where(l => l.StartsWith("## ", StringComparison.Ordinal));

        Assert.Equal(["## Impact", "## Detection", "## Timeline", "## What happened", "## Contributing factors", "## What went well", "## Where we were lucky", "## Actions"], headings);
        Assert.Equal(8, PostmortemDraft.Blank().Split("\n> ").Length - 1);
    }

    [Fact]
    public void Compose_NothingMeasuredAndNobodyCounted_SaysSoInsteadOfZero()
    {
        var body = PostmortemDraft.Compose(facts with { UsersAffected = null, EndedAt = null, Alert = null, Budgets = [new("Orders", "99.9 %", null, null, null)] }).Body;

        Assert.Contains("not counted", body, StringComparison.Ordinal);
        Assert.Contains("the end is not recorded", body, StringComparison.Ordinal);
        Assert.Contains("was a signal missing?", body, StringComparison.Ordinal);
        Assert.Contains("nothing was measured", body, StringComparison.Ordinal);
    }

    [Fact]
    public void Compose_LongTimeline_KeepsTheFirstEntriesAndCountsTheRest()
    {
        var many = Enumerable.Range(0, PostmortemDraft.MostEntries + 7).Select(i => new TimelineFact(start.AddSeconds(i), EntryKind.Note, Provenance.Observed, "a", $"n{i}.")).ToList();

        var body = PostmortemDraft.Compose(facts with { Timeline = many }).Body;

        Assert.Contains("7 more entries stand in the timeline of INC-42", body, StringComparison.Ordinal);
        Assert.DoesNotContain($"n{PostmortemDraft.MostEntries}.", body, StringComparison.Ordinal);
    }
}
