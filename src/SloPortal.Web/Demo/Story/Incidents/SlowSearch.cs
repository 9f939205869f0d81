using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Web.Demo.Story.Incidents;

/// <summary>The slow search that one finds on arrival: open, with people at it.</summary>
internal static class SlowSearch
{
    public static DemoIncident Of(DemoTroubles troubles) => new(
        "Search is slow",
        "One search in seven takes longer than 0.3 seconds.",
        IncidentSeverity.Sev3, troubles.Live[0].Trouble.From.AddMinutes(34.2), "david", troubles.Live[0].Trouble.From.AddMinutes(10), [new("search", "search-is-fast")],
        [
            new DemoMoment.Says(0.9, "david", "Two customers on the phone say that the list “builds up like in the old days”.", EntryKind.Impact),
            new DemoMoment.Gives(3.1, "aiko", IncidentRole.Commander, "aiko"),
            new DemoMoment.Becomes(3.4, "aiko", IncidentStatus.Acknowledged),
            new DemoMoment.Gives(3.8, "aiko", IncidentRole.OperationsLead, "priya"),
            new DemoMoment.Says(8.6, "priya", "Half of the time goes into the query planner. 6.24.0 put the synonyms there this morning."),
            new DemoMoment.Says(9.9, "priya", "Single words are fast; three words and more are slow."),
            new DemoMoment.Says(15.3, "priya", "Every word looks up its synonyms anew, also the same word twice."),
            new DemoMoment.Corrects(18.0, "priya", "Half of the time goes into the query planner. 6.24.0 put the synonyms there this morning.", "Half of the time goes into the query planner. 6.24.0 put the synonyms there an hour ago.", "the pipeline shows when it went out"),
            new DemoMoment.Pastes(24.0, "aiko",
            [
                new(12.0, "priya", "planner p95 went from 40 to 310 ms with 6.24"),
                new(14.0, "jonas", "gateway sees nothing else slow"),
                new(19.5, "priya", "a cache for the synonyms is twenty lines, I would rather not go back"),
            ]),
            new DemoMoment.Attaches(26.5, "priya", "planner.csv", "words,p50_ms,p95_ms\n1,12,38\n2,41,120\n3,95,310\n4,160,540\n"),
            new DemoMoment.Says(31.0, "aiko", "Search answers, only slowly, so we fix forward: synonyms are looked up once. If the burn page fires and the fix is not in review within two hours, we roll back.", EntryKind.Decision),
            new DemoMoment.Says(48.0, "priya", "The change is written and in the tests."),
        ],
        []);
}
