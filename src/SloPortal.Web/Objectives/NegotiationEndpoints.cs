using SloPortal.Application.Objectives.Negotiation;
using SloPortal.Application.Objectives.Proposals;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Objectives;

/// <summary>What the sides of a proposal say to each other. What is somebody's word needs a session, and their password where they have one.</summary>
internal static class NegotiationEndpoints
{
    public static void MapNegotiation(this RouteGroupBuilder proposals)
    {
        proposals.MapPost("/{id:guid}/positions", async (Guid id, PositionGiven given, StatePosition.Handler state, CurrentActor current, CancellationToken ct) =>
                (await state.HandleAsync(new StatePosition(id, given.TargetPercent, given.Why, given.Password), await current.GetAsync(ct), ct)).ToCreated(_ => $"/api/v1/proposals/{id}"))
            .WithName("StatePosition").WithSummary("States the target that one wants or can support, and why. Needs a session and the password");

        proposals.MapPost("/{id:guid}/invitees", async (Guid id, PersonNamed named, InviteToProposal.Handler invite, CurrentActor current, CancellationToken ct) =>
                (await invite.HandleAsync(new InviteToProposal(id, named.PersonId), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("InviteToProposal").WithSummary("Asks somebody for their position");

        proposals.MapPost("/{id:guid}/comments", async (Guid id, CommentGiven given, CommentOnProposal.Handler comment, CurrentActor current, CancellationToken ct) =>
                (await comment.HandleAsync(new CommentOnProposal(id, given.Text), await current.GetAsync(ct), ct)).ToCreated(_ => $"/api/v1/proposals/{id}"))
            .WithName("CommentOnProposal").WithSummary("Says something about a proposal, in plain text");

        proposals.MapPost("/{id:guid}/counter-offers", async (Guid id, OfferGiven given, CounterOffer.Handler offer, CurrentActor current, CancellationToken ct) =>
                (await offer.HandleAsync(new CounterOffer(id, given.Terms, given.Reason, given.ContentHash), await current.GetAsync(ct), ct)).ToOk())
            .WithName("CounterOffer").WithSummary("Answers with other terms in a new round; gives its number. Needs a session");

        proposals.MapPut("/{id:guid}/deadline", async (Guid id, DeadlineGiven given, SetDeadline.Handler set, CurrentActor current, CancellationToken ct) =>
                (await set.HandleAsync(new SetDeadline(id, given.Deadline), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("SetDeadline").WithSummary("Says by when the sides want to be done; null takes it back");

        proposals.MapPost("/{id:guid}/arbiter", async (Guid id, ArbiterNamed named, CallArbiter.Handler call, CurrentActor current, CancellationToken ct) =>
                (await call.HandleAsync(new CallArbiter(id, named.PersonId, named.Reason), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("CallArbiter").WithSummary("Calls somebody who is no party to decide");

        proposals.MapPost("/{id:guid}/decision", async (Guid id, DecisionGiven given, ArbitrateProposal.Handler decide, CurrentActor current, CancellationToken ct) =>
                (await decide.HandleAsync(new ArbitrateProposal(id, given.Terms, given.Reason, given.ContentHash, given.Password), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ArbitrateProposal").WithSummary("Decides as the arbiter, and makes the version. Needs a session and the password");

        proposals.MapPost("/{id:guid}/dissent", async (Guid id, ReasonGiven given, RecordDissent.Handler dissent, CurrentActor current, CancellationToken ct) =>
                (await dissent.HandleAsync(new RecordDissent(id, given.Reason), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("RecordDissent").WithSummary("Records that one stays in the agreement and does not share it. Needs a session");

        proposals.MapPost("/{id:guid}/risk", async (Guid id, SignatureGiven given, TakeRisk.Handler take, CurrentActor current, CancellationToken ct) =>
                (await take.HandleAsync(new TakeRisk(id, given.Reason, given.ContentHash, given.Password), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("TakeRisk").WithSummary("Takes the risk of a target that the history does not hold. Needs a session and the password");
    }
}

/// <param name="ContentHash">The contentHash of the proposal as it was read.</param>
/// <param name="Password">The person's own, once more; null where a fresh sign-in at the provider confirms it.</param>
internal sealed record SignatureGiven(string Reason, string ContentHash, string? Password);

internal sealed record PositionGiven(decimal TargetPercent, string Why, string? Password);

internal sealed record PersonNamed(Guid PersonId);

internal sealed record CommentGiven(string Text);

internal sealed record OfferGiven(OfferedTerms Terms, string Reason, string ContentHash);

internal sealed record DeadlineGiven(DateTimeOffset? Deadline);

internal sealed record ArbiterNamed(Guid PersonId, string Reason);

internal sealed record DecisionGiven(OfferedTerms Terms, string Reason, string ContentHash, string? Password);
