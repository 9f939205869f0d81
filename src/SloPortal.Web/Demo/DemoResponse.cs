using System.Text;
using SloPortal.Application.Incidents;
using SloPortal.Application.Incidents.Attachments;
using SloPortal.Application.Incidents.Detection;
using SloPortal.Application.Incidents.Response;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Web.Demo.Story.Incidents;

namespace SloPortal.Web.Demo;

/// <summary>How people of the story respond to an incident. What begins before history does, or was played already, changes nothing.</summary>
internal static class DemoResponse
{
    public static IEnumerable<DemoStep> Of(DemoIncident incident) =>
    [
        new(incident.At, (stage, ct) => DeclareAsync(stage, incident, ct)),
        .. incident.Moments.Select((moment, place) => new DemoStep(incident.At.AddMinutes(moment.After), (stage, ct) => RecordAsync(stage, incident, moment, $"story/{place}", ct))),
    ];

    public static DemoStep Of(DemoDecline decline) => new(decline.At, async (stage, ct) =>
    {
        await stage.FollowSignalsAsync(ct);
        var commander = await stage.ActorAsync(DemoIncidents.Commander, ct);
        foreach (var proposal in await WaitingAsync(stage, ct))
        {
            if (decline.Service.Length == 0 || proposal.Service == decline.Service)
                stage.Check(proposal.Objective, await stage.Get<DeclineProposal.Handler>().HandleAsync(new DeclineProposal(proposal.Id, decline.Reason), commander, ct));
        }
    });

    /// <returns>Null where the story does not know it yet.</returns>
    public static async Task<IncidentRow?> FindAsync(DemoStage stage, string title, CancellationToken ct)
    {
        var list = await stage.Get<ListIncidents.Handler>().HandleAsync(new ListIncidents(Text: title), Actor.System("demo"), ct);
        return stage.Check(title, list)?.Incidents.Items.FirstOrDefault(i => i.Title == title);
    }

    private static async Task DeclareAsync(DemoStage stage, DemoIncident incident, CancellationToken ct)
    {
        if (await FindAsync(stage, incident.Title, ct) is not null)
            return;
        await stage.FollowSignalsAsync(ct);
        var actor = await stage.ActorAsync(incident.By, ct);
        var proposal = actor.May(Permission.RunIncidents)
            ? (await WaitingAsync(stage, ct)).FirstOrDefault(p => incident.Objectives.Contains(new ObjectiveKey(p.Service, p.Objective)))
            : null;
        stage.Check(incident.Title, proposal is not null
            ? await stage.Get<ConfirmProposal.Handler>().HandleAsync(new ConfirmProposal(proposal.Id, incident.Severity, Title: incident.Title, Summary: incident.Summary, Reason: incident.Summary), actor, ct)
            : await stage.Get<DeclareIncident.Handler>().HandleAsync(
                new DeclareIncident(incident.Title, incident.Severity, Objectives: incident.Objectives, StartedAt: incident.Began, Summary: incident.Summary, ConfirmUnusualTime: true), actor, ct));
    }

    private static async Task<IReadOnlyList<ProposalRow>> WaitingAsync(DemoStage stage, CancellationToken ct) =>
        stage.Check("proposals", await stage.Get<ListIncidentProposals.Handler>().HandleAsync(new ListIncidentProposals(), Actor.System("demo"), ct))?.Proposals ?? [];

    private static async Task RecordAsync(DemoStage stage, DemoIncident incident, DemoMoment moment, string key, CancellationToken ct)
    {
        if (await FindAsync(stage, incident.Title, ct) is not { MergedInto: null, Number: var number } known)
            return;
        // What alerts and pipelines say stands before what people make of it.
        await stage.FollowSignalsAsync(ct);
        var actor = await stage.ActorAsync(moment.Who, ct);
        var at = incident.At.AddMinutes(moment.After);
        switch (moment)
        {
            case DemoMoment.Says says:
                Check(await stage.Get<AddEntry.Handler>().HandleAsync(new AddEntry(number, says.Text, says.Kind, At(says.Ago), key, ConfirmUnusualTime: true), actor, ct));
                break;
            case DemoMoment.Becomes becomes:
                Check(await stage.Get<ChangeStatus.Handler>().HandleAsync(new ChangeStatus(number, becomes.Status, At(becomes.Ago), becomes.Note, key, ConfirmUnusualTime: true), actor, ct));
                break;
            case DemoMoment.Gives gives:
                var person = await stage.ActorAsync(gives.Person, ct);
                Check(await stage.Get<AssignRole.Handler>().HandleAsync(new AssignRole(number, gives.Role, person.PersonId, ClientKey: key), actor, ct));
                break;
            case DemoMoment.Judges judges:
                Check(await stage.Get<ChangeSeverity.Handler>().HandleAsync(new ChangeSeverity(number, judges.Severity, judges.Reason, ClientKey: key), actor, ct));
                break;
            case DemoMoment.Counts counts:
                Check(await stage.Get<ChangeImpact.Handler>().HandleAsync(new ChangeImpact(number, known.StartedAt, known.EndedAt, counts.Users, key, ConfirmUnusualTime: true), actor, ct));
                break;
            case DemoMoment.Corrects corrects:
                await CorrectAsync(stage, number, corrects, key, actor, ct);
                break;
            case DemoMoment.Pastes pastes:
                var messages = pastes.Chat.Select(m => new ConfirmedMessage(incident.At.AddMinutes(m.At), m.Author, m.Text)).ToList();
                Check(await stage.Get<ImportChat.Handler>().HandleAsync(new ImportChat(number, messages, ConfirmUnusualTime: true), actor, ct));
                break;
            case DemoMoment.Attaches attaches:
                Check(await stage.Get<AddAttachment.Handler>().HandleAsync(new AddAttachment(number, attaches.Name, Encoding.UTF8.GetBytes(attaches.Content), key), actor, ct));
                break;
            case DemoMoment.Merges merges:
                if (await FindAsync(stage, merges.Into, ct) is { } survivor)
                    Check(await stage.Get<MergeIncidents.Handler>().HandleAsync(new MergeIncidents(number, survivor.Number), actor, ct));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(moment), moment, null);
        }

        DateTimeOffset? At(double? ago) => ago is { } minutes ? at.AddMinutes(-minutes) : null;

        void Check<T>(Outcome<T> outcome) => stage.Check(incident.Title, outcome);
    }

    private static async Task CorrectAsync(DemoStage stage, int number, DemoMoment.Corrects corrects, string key, Actor actor, CancellationToken ct)
    {
        var timeline = stage.Check(corrects.Wrong, await stage.Get<GetTimeline.Handler>().HandleAsync(new GetTimeline(number, Take: GetTimeline.MostTake), Actor.System("demo"), ct));
        if (timeline?.Entries.FirstOrDefault(e => e.Body == corrects.Wrong && e.CorrectedBy is null) is { } wrong)
            stage.Check(corrects.Wrong, await stage.Get<CorrectEntry.Handler>().HandleAsync(new CorrectEntry(number, wrong.Id, corrects.Right, corrects.Reason, ClientKey: key), actor, ct));
    }
}
