using SloPortal.Application.Objectives.Negotiation;
using SloPortal.Application.Objectives.Proposals;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;
using SloPortal.Web.Demo.Story;

namespace SloPortal.Web.Demo;

/// <summary>What the sides of a proposal say to each other, with the operations that the room uses.</summary>
internal static class DemoNegotiating
{
    private static readonly TimeSpan DeadlineAfter = TimeSpan.FromDays(3);
    private const int ReviewAfterDays = 30;

    public static IEnumerable<DemoStep> Of(DemoAgreement agreement, DemoProposal proposal, DateTimeOffset at, double pace) =>
        proposal.Talk.Select(talk => new DemoStep(at + TimeSpan.FromHours(talk.HoursAfter) * pace, (stage, ct) => SayAsync(stage, agreement, talk, ct)));

    private static async Task SayAsync(DemoStage stage, DemoAgreement agreement, DemoTalk talk, CancellationToken ct)
    {
        var actor = await stage.ActorAsync(talk.Person, ct);
        var open = (await DemoScript.ProposalsAsync(stage, agreement, actor, ct)).FirstOrDefault(p => p.State == ProposalState.Open);
        if (open is null || stage.Check(agreement.Slug, await stage.Get<GetProposal.Handler>().HandleAsync(new GetProposal(open.Id), actor, ct)) is not { } room)
            return;
        var now = stage.Clock.GetUtcNow();
        switch (talk.Kind)
        {
            case DemoTalkKind.Invites:
                var asked = await stage.ActorAsync(talk.Text, ct);
                if (room.Negotiation.Invitees.All(i => i.PersonId != asked.PersonId))
                    Check(await stage.Get<InviteToProposal.Handler>().HandleAsync(new(open.Id, asked.PersonId), actor, ct));
                break;
            case DemoTalkKind.States:
                if (room.Negotiation.Positions.All(p => p.Why != talk.Text))
                    Check(await stage.Get<StatePosition.Handler>().HandleAsync(new(open.Id, talk.Target, talk.Text, stage.Password), actor, ct));
                break;
            case DemoTalkKind.Comments:
                if (room.Negotiation.Remarks.All(r => r.Text != talk.Text))
                    Check(await stage.Get<CommentOnProposal.Handler>().HandleAsync(new(open.Id, talk.Text), actor, ct));
                break;
            case DemoTalkKind.Offers:
                var terms = new OfferedTerms(talk.Target, room.Window, room.EffectiveFrom, DateOnly.FromDateTime(now.UtcDateTime).AddDays(ReviewAfterDays));
                if (room.Rationale != talk.Text)
                    Check(await stage.Get<CounterOffer.Handler>().HandleAsync(new(open.Id, terms, talk.Text, room.ContentHash), actor, ct));
                break;
            case DemoTalkKind.SetsDeadline:
                Check(await stage.Get<SetDeadline.Handler>().HandleAsync(new(open.Id, now + DeadlineAfter), actor, ct));
                break;
            default:
                throw new InvalidOperationException($"Nobody knows how to play {talk.Kind}.");
        }

        void Check<T>(Outcome<T> outcome) => stage.Check(agreement.Slug, outcome);
    }
}
