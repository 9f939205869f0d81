using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Web.Demo.Story.Incidents;

/// <summary>The release that broke sign-in, rolled back after 38 minutes.</summary>
internal static class BadSignIn
{
    public const string Title = "Sign-in fails for people with the old app";

    public static DemoIncident Of(DemoTroubles troubles) => new(
        Title,
        "One sign-in in five was refused after the release with passkeys. It was rolled back.",
        IncidentSeverity.Sev2, troubles.BadSignInRelease.AddMinutes(12.4), "aiko", troubles.BadSignInRelease, [new("accounts", "sign-ins-answered")],
        [
            new DemoMoment.Becomes(0.4, "aiko", IncidentStatus.Acknowledged),
            new DemoMoment.Gives(0.6, "aiko", IncidentRole.OperationsLead, "jonas"),
            new DemoMoment.Gives(0.8, "aiko", IncidentRole.Communications, "david"),
            new DemoMoment.Says(2.1, "jonas", "Web sign-in works. All failures come from the app, versions 5 and older."),
            new DemoMoment.Says(3.5, "david", "Care has eleven calls: the app throws people out and does not let them back in.", EntryKind.Impact),
            new DemoMoment.Says(5.2, "jonas", "8.31.0 went out at 16:30, three minutes before the first failure."),
            new DemoMoment.Says(7.7, "aiko", "Roll back to 8.30. We do not look for a fix on the live system.", EntryKind.Decision),
            new DemoMoment.Says(9.0, "jonas", "Rollback started. The pipeline wants all tests first; skipping them needs Ines."),
            new DemoMoment.Says(13.4, "ines", "Approved, tests are skipped for this one release."),
            new DemoMoment.Says(23.8, "jonas", "8.30.4 is live everywhere."),
            new DemoMoment.Corrects(26.5, "jonas", "8.31.0 went out at 16:30, three minutes before the first failure.", "8.31.0 went out at 16:27, three minutes before the first failure.",
                "the pipeline shows the start of the rollout; I had read the end"),
            new DemoMoment.Becomes(28.2, "aiko", IncidentStatus.Mitigated, "failures are back to normal", Ago: 2),
            new DemoMoment.Pastes(40, "david",
            [
                new(1.5, "david.okafor", "second call now, both with the android app"),
                new(3.0, "lena (care)", "same here, iphone. she gets “session invalid” and then nothing"),
                new(11.0, "david.okafor", "we tell people to use the website, that works"),
                new(27.0, "lena (care)", "just tried with my own phone, I am in again"),
            ]),
            new DemoMoment.Attaches(48, "jonas", "refused-sessions.csv", "app_version,refused,accepted\n4.9,1204,0\n5.0,2310,0\n5.1,1987,3\n6.0,0,15822\nweb,0,30417\n"),
            new DemoMoment.Counts(55, "jonas", 5501),
            new DemoMoment.Becomes(75, "aiko", IncidentStatus.Resolved, "8.31 is blocked in the pipeline until it knows old sessions"),
            new DemoMoment.Becomes(2890, "aiko", IncidentStatus.Closed),
        ],
        [
            new DemoReview.Begins(18, "jonas"),
            new DemoReview.Writes(21, "jonas", "A release for passkeys refused the sessions of older apps. About 5,500 people could not sign in for 38 minutes, until it was rolled back.",
                new Dictionary<string, string>
                {
                    ["What happened"] = "8.31.0 reads sessions in a new form. Apps up to version 5 send the old one, which was taken for a forgery and refused. The staging system has no such sessions: it is emptied every night.",
                    ["Contributing factors"] = "Our tests know two versions of the app; people use six. The rollback had to pass the same tests as a release, which took ten minutes.",
                    ["What went well"] = "The burn alert fired within minutes and the decision to roll back fell eight minutes later. Care told people to use the website, which worked.",
                    ["Where we were lucky"] = "It was the afternoon and not the evening, when twice as many people sign in.",
                    ["Actions"] = "Keep sessions of all supported apps in staging. Let a rollback pass without the tests of a release.",
                }),
            new DemoReview.Places(21.3, "jonas", new Dictionary<string, string>
            {
                ["process"] = "A rollback waits for the same tests as a release.",
                ["tooling"] = "Staging is emptied every night, so old sessions never meet a new release there.",
                ["training"] = "That apps are in use for years was known to mobile, not to accounts.",
            }),
            new DemoReview.Comments(25, "david", "Can we say what we told customers? The next time somebody will look for the wording.", "Care told people to use the website"),
            new DemoReview.Settles(27, "jonas", "Can we say what we told customers? The next time somebody will look for the wording."),
            new DemoReview.Submits(27.2, "jonas"),
            new DemoReview.Approves(44, "aiko"),
            new DemoReview.Publishes(44.5, "jonas"),
        ]);
}
