using SloPortal.Application.Access.Notices;
using SloPortal.Application.Changes;
using SloPortal.Application.Governance;
using SloPortal.Application.Objectives.Proposals;
using SloPortal.Domain.Access;
using SloPortal.Domain.Objectives;
using SloPortal.Web.Demo.Story;
using SloPortal.Web.Demo.Story.Incidents;

namespace SloPortal.Web.Demo;

/// <summary>Something that people or pipelines do at a moment of the story.</summary>
internal sealed record DemoStep(DateTimeOffset At, Func<DemoStage, CancellationToken, Task> PlayAsync);

/// <summary>Releases, agreements, incidents and reviews, in the order in which they happen. A step that was played already, before a crash, changes nothing.</summary>
internal static class DemoScript
{
    private static readonly TimeSpan OwnerTakes = TimeSpan.FromHours(2);
    private static readonly TimeSpan StakeholderTakes = TimeSpan.FromHours(26);
    private static readonly TimeSpan ReadsBefore = TimeSpan.FromHours(4);

    /// <summary>How long it is entered what the services need: since some days after the vendor's outage.</summary>
    private static readonly TimeSpan KnownFor = TimeSpan.FromDays(7);

    /// <param name="pace">1 for the whole story; less where fewer days are told, in which people agree faster.</param>
    public static IReadOnlyList<DemoStep> Of(IReadOnlyList<DemoRelease> releases, DemoTroubles troubles, DateTimeOffset end, double pace)
    {
        var incidents = DemoIncidents.Of(troubles);
        return
        [
            .. releases.Select(OfRelease)
                .Concat(DemoAgreements.All.SelectMany((a, place) => OfAgreement(a, place, end, pace)))
                .Concat(DemoContracts.All.Select(c => OfContract(c, end, pace)))
                .Concat(incidents.SelectMany(DemoResponse.Of))
                .Concat(DemoIncidents.Declined(troubles, end).Select(DemoResponse.Of))
                .Concat(incidents.SelectMany(DemoReviewing.Of))
                .Concat(DemoActions.Of(incidents).SelectMany(DemoRemediation.Of))
                .Append(DemoTuning.Of(troubles))
                .Append(DemoDepending.Of(troubles, end - KnownFor * pace, end))
                .Concat(DemoComparing.Of(troubles, end, pace))
                .Concat(DemoCovering.Of(end, pace))
                .Concat(DemoOnCall.Of(end, pace))
                .Concat(DemoPaging.Of(end, pace))
                .Append(DemoSegments.Of(end, pace))
                .Append(new DemoStep(end - ReadsBefore, ReadNoticesAsync))
                .OrderBy(s => s.At),
        ];
    }

    /// <summary>Everybody has read what they were told, but for the last hours.</summary>
    private static async Task ReadNoticesAsync(DemoStage stage, CancellationToken ct)
    {
        foreach (var person in DemoPeople.People)
            stage.Check(person.Key, await stage.Get<ReadNotices.Handler>().HandleAsync(new ReadNotices(), await stage.ActorAsync(person.Key, ct), ct));
    }

    private static DemoStep OfRelease(DemoRelease release) => new(release.At, async (stage, ct) =>
        stage.Check(release.Service, await stage.Get<RecordDeployment.Handler>().HandleAsync(
            new RecordDeployment(release.Service, release.Version, Url: $"https://git.{DemoPeople.Domain}/shop/{release.Service}/releases/{release.Version}", Description: release.Description,
                IdempotencyKey: $"{release.Version}/{release.At.ToUnixTimeSeconds()}"),
            Actor.System("pipeline"), ct)));

    private static DemoStep OfContract(DemoContract contract, DateTimeOffset end, double pace)
    {
        var at = pace < 1 ? end - TimeSpan.FromDays(contract.DaysBefore) * pace : DemoCalendar.At(end, contract.DaysBefore, 14);
        return new DemoStep(at, async (stage, ct) =>
        {
            var owner = await stage.ActorAsync(contract.Owner, ct);
            var known = stage.Check(contract.Customer, await stage.Get<ListContracts.Handler>().HandleAsync(new ListContracts(contract.Reference), owner, ct));
            if (known is { Contracts.Total: 0 })
                stage.Check(contract.Customer, await stage.Get<CreateContract.Handler>().HandleAsync(contract.Request(at), owner, ct));
        });
    }

    private static IEnumerable<DemoStep> OfAgreement(DemoAgreement agreement, int place, DateTimeOffset end, double pace)
    {
        foreach (var (proposal, number) in agreement.Proposals.Select((p, i) => (p, i)))
        {
            var at = pace < 1 ? end - TimeSpan.FromDays(proposal.DaysBefore) * pace : DemoCalendar.At(end, proposal.DaysBefore, 8.5 + place * 0.3);
            yield return new DemoStep(at, (stage, ct) => ProposeAsync(stage, agreement, proposal, at, isFirst: number == 0, ct));
            foreach (var step in DemoNegotiating.Of(agreement, proposal, at, pace))
                yield return step;
            if (proposal.Verdict is DemoVerdict.Signed or DemoVerdict.WaitsForStakeholder)
                yield return new DemoStep(at + OwnerTakes * pace, (stage, ct) => SignAsync(stage, agreement, agreement.Owner, proposal.OwnerSays, ct));
            if (proposal.Verdict == DemoVerdict.Signed)
                yield return new DemoStep(at + StakeholderTakes * pace, (stage, ct) => SignAsync(stage, agreement, agreement.Stakeholder, proposal.StakeholderSays, ct));
            if (proposal.Verdict == DemoVerdict.Rejected)
                yield return new DemoStep(at + StakeholderTakes * pace, (stage, ct) => RejectAsync(stage, agreement, proposal.StakeholderSays, ct));
        }
    }

    private static async Task ProposeAsync(DemoStage stage, DemoAgreement agreement, DemoProposal proposal, DateTimeOffset at, bool isFirst, CancellationToken ct)
    {
        var owner = await stage.ActorAsync(agreement.Owner, ct);
        if ((await ProposalsAsync(stage, agreement, owner, ct)).Any(p => p.ProposedAt >= at && p.TargetPercent == proposal.Target))
            return;
        var stakeholder = await stage.ActorAsync(agreement.Stakeholder, ct);
        var terms = new ProposedTerms(agreement.Sli, proposal.Target, proposal.Window, null, owner.PersonId, stakeholder.PersonId, proposal.Rationale, Externals: proposal.Externals);
        stage.Check(agreement.Slug, isFirst
            ? await stage.Get<ProposeObjective.Handler>().HandleAsync(new ProposeObjective(agreement.Service, agreement.Slug, agreement.Name, agreement.Description, terms), owner, ct)
            : await stage.Get<ProposeVersion.Handler>().HandleAsync(new ProposeVersion(agreement.Service, agreement.Slug, terms), owner, ct));
    }

    private static async Task SignAsync(DemoStage stage, DemoAgreement agreement, string person, string reason, CancellationToken ct)
    {
        var actor = await stage.ActorAsync(person, ct);
        var open = (await ProposalsAsync(stage, agreement, actor, ct)).FirstOrDefault(p => p.State == ProposalState.Open);
        if (open is not { WaitsForMe: true })
            return;
        var read = stage.Check(agreement.Slug, await stage.Get<GetProposal.Handler>().HandleAsync(new GetProposal(open.Id), actor, ct));
        stage.Check(agreement.Slug, await stage.Get<SignProposal.Handler>().HandleAsync(new SignProposal(open.Id, reason, read!.ContentHash, stage.Password), actor, ct));
    }

    private static async Task RejectAsync(DemoStage stage, DemoAgreement agreement, string reason, CancellationToken ct)
    {
        var actor = await stage.ActorAsync(agreement.Stakeholder, ct);
        var open = (await ProposalsAsync(stage, agreement, actor, ct)).FirstOrDefault(p => p.State == ProposalState.Open);
        if (open is not null)
            stage.Check(agreement.Slug, await stage.Get<RejectProposal.Handler>().HandleAsync(new RejectProposal(open.Id, reason), actor, ct));
    }

    internal static async Task<IReadOnlyList<ProposalRow>> ProposalsAsync(DemoStage stage, DemoAgreement agreement, Actor actor, CancellationToken ct) =>
        stage.Check(agreement.Slug, await stage.Get<ListProposals.Handler>().HandleAsync(new ListProposals(Service: agreement.Service, Objective: agreement.Slug), actor, ct)) ?? [];
}
