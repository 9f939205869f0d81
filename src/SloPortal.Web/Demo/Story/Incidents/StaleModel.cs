using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Web.Demo.Story.Incidents;

/// <summary>The model of the recommendations is not renewed: for half a day, and again some weeks later, since what was to warn of it came too late.</summary>
internal static class StaleModel
{
    public const string FirstTitle = "Recommendations come from an old model";

    public static DemoIncident Of(DemoTroubles troubles) => new(
        FirstTitle,
        "The training cluster was moved and its jobs did not start again. For ten hours recommendations knew nothing of the day.",
        IncidentSeverity.Sev3, troubles.ModelStands.AddMinutes(96.5), "aiko", troubles.ModelStands.AddMinutes(50), [new("recommendations", "model-is-fresh")],
        [
            new DemoMoment.Becomes(0.7, "aiko", IncidentStatus.Acknowledged),
            new DemoMoment.Gives(0.9, "aiko", IncidentRole.OperationsLead, "priya"),
            new DemoMoment.Says(6, "priya", "The model that answers is from 08:00. No training run since; the queue is empty, so nothing looks broken."),
            new DemoMoment.Says(18, "priya", "The training cluster moved to the new network at 08:00. Its scheduler holds the old address of the feature store."),
            new DemoMoment.Says(24, "aiko", "Old recommendations are better than none: leave the service as it is, and repair the training.", EntryKind.Decision),
            new DemoMoment.Says(95, "priya", "The address is corrected, but the new network does not let the scheduler in. Asked for the firewall rule."),
            new DemoMoment.Judges(97, "aiko", IncidentSeverity.Sev4, "people see recommendations, only yesterday's; no order is lost"),
            new DemoMoment.Says(240, "clara", "Sales of the recommended shelf are 6 % below last week. Bearable, please no risk for it.", EntryKind.Impact),
            new DemoMoment.Says(522, "jonas", "The firewall rule is there."),
            new DemoMoment.Becomes(566, "aiko", IncidentStatus.Mitigated, "a new model answers", Ago: 4),
            new DemoMoment.Becomes(590, "aiko", IncidentStatus.Resolved, "two runs in a row"),
            new DemoMoment.Becomes(2980, "aiko", IncidentStatus.Closed),
        ],
        [
            new DemoReview.Begins(46, "priya"),
            new DemoReview.Writes(48, "priya", "After a move of the training cluster no model was trained for eleven hours. Nobody was told that training stands still; the freshness objective found it an hour later.",
                new Dictionary<string, string>
                {
                    ["What happened"] = "The cluster moved to another network at 08:00. The scheduler kept an address of the old one, found no work and reported success. The model aged until the freshness objective burned 33 times its budget.",
                    ["Contributing factors"] = "A scheduler without work looks the same as one that is done. The move had a check list for serving, and none for training.",
                    ["What went well"] = "The objective found it. Leaving the old model in place cost little.",
                    ["Where we were lucky"] = "Somebody who could change the firewall was at work that day.",
                    ["Actions"] = "Warn when the model is older than 40 minutes. Add training to the check list of moves.",
                }),
            new DemoReview.Places(48.2, "priya", new Dictionary<string, string>
            {
                ["process"] = "The check list of moves covered what serves, not what trains.",
                ["communication"] = "Discovery learnt of the move from the alert.",
                ["tooling"] = "The scheduler reports success when it finds nothing to do.",
            }),
            new DemoReview.Submits(49, "priya"),
            new DemoReview.SendsBack(53, "aiko", "Please say how long it would have taken us to see it without the objective. That is the point of the first action."),
            new DemoReview.Writes(72, "priya", "After a move of the training cluster no model was trained for eleven hours. Nobody was told that training stands still; the freshness objective found it an hour later. Without it we would have seen it in the sales of the next morning.",
                new Dictionary<string, string> { ["Where we were lucky"] = "Somebody who could change the firewall was at work that day. Before this quarter there was no freshness objective, and the sales report of the next morning would have been the first sign." }),
            new DemoReview.Submits(72.2, "priya"),
            new DemoReview.Approves(75, "aiko"),
            new DemoReview.Publishes(76, "priya"),
        ]);

    public static DemoIncident AgainOf(DemoTroubles troubles) => new(
        "The recommendations' model is old again",
        "Training stood still for two hours after an update of its scheduler.",
        IncidentSeverity.Sev4, troubles.ModelStandsAgain.AddMinutes(96.5), "aiko", troubles.ModelStandsAgain.AddMinutes(50), [new("recommendations", "model-is-fresh")],
        [
            new DemoMoment.Becomes(0.8, "aiko", IncidentStatus.Acknowledged),
            new DemoMoment.Gives(1.1, "aiko", IncidentRole.OperationsLead, "priya"),
            new DemoMoment.Says(4, "priya", "The same sight as six weeks ago: an empty queue and a scheduler that reports success. It was updated at 10:00."),
            new DemoMoment.Says(9, "aiko", "Back to the scheduler of yesterday, at once; no search for the cause first.", EntryKind.Decision),
            new DemoMoment.Becomes(26, "aiko", IncidentStatus.Mitigated, "a new model answers"),
            new DemoMoment.Says(31, "priya", "The warning at 40 minutes, which we wanted after the first time, is still in the backlog. It would have told us an hour earlier."),
            new DemoMoment.Becomes(45, "aiko", IncidentStatus.Resolved),
            new DemoMoment.Becomes(1400, "aiko", IncidentStatus.Closed),
        ],
        [
            new DemoReview.Begins(23, "priya"),
            new DemoReview.Writes(25, "priya", "An update of the scheduler stopped training for two hours. The freshness objective found it after seventy minutes; the earlier warning that we had planned was not there yet.",
                new Dictionary<string, string>
                {
                    ["What happened"] = "The update renamed a setting. The scheduler did not know the old name, took its default, found no queue and reported success.",
                    ["Contributing factors"] = "The warning that we decided on six weeks ago stands behind two launches. The scheduler still calls an empty queue a success.",
                    ["What went well"] = "Going back at once took seventeen minutes.",
                    ["Actions"] = "Finish the warning before the next update of the scheduler.",
                }),
            new DemoReview.Places(25.2, "priya", new Dictionary<string, string>
            {
                ["time pressure"] = "Two launches came before the warning that would have found it.",
                ["tooling"] = "An empty queue is still reported as success.",
            }),
            new DemoReview.Submits(26, "priya"),
            new DemoReview.Comments(47, "clara", "What would help to get the warning done before the winter sale? I can move a launch by a week.", "stands behind two launches"),
            new DemoReview.Comments(50, "aiko", "I would like to read in “What happened” since when the setting has its new name, and where that was announced."),
        ]);
}
