using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Access.Signing;
using SloPortal.Application.Catalog.Journeys;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Coverage;

namespace SloPortal.Application.Measurement.Coverage;

/// <summary>Signs that nothing notices a class of failures of a journey, why, and until when that is accepted. It takes the place of an earlier one.</summary>
/// <param name="Password">The actor's own, once more; null where a fresh sign-in at their provider confirms it.</param>
public sealed record AcceptGap(string Journey, FailureClass Failure, string Reason, DateOnly ReviewOn, string? Password = null)
{
    /// <summary>A gap is looked at again within so many days.</summary>
    public const int LongestDays = 366;

    // A record prints its members; this one holds a password.
    public override string ToString() => $"{nameof(AcceptGap)} {Journey} {Failure}";

    /// <summary>What is confirmed by a fresh sign-in.</summary>
    public static string Subject(string journey, FailureClass failure) => $"gap/{journey}/{failure}";

    public sealed class Validator : AbstractValidator<AcceptGap>
    {
        public Validator()
        {
            RuleFor(r => r.Failure).IsInEnum().WithMessage("Name a class of failures.");
            RuleFor(r => r.Reason).NotEmpty().WithMessage("Say why nothing covers it.").MaximumLength(4000).WithMessage("A reason has at most 4,000 characters.");
        }
    }

    public sealed class Handler(SignedChange work)
    {
        public Task<Outcome<Done>> HandleAsync(AcceptGap request, Actor actor, CancellationToken ct)
        {
            ArgumentNullException.ThrowIfNull(request);
            return work.ChangeAsync<AcceptGap, Done>(request, Subject(request.Journey, request.Failure), request.Password, actor, Permission.OwnServices, async (change, confirmedBy) =>
            {
                var found = await JourneyToChange.FindAsync(change, request.Journey, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var today = DateOnly.FromDateTime(change.Now.UtcDateTime);
                if (request.ReviewOn <= today || request.ReviewOn > today.AddDays(LongestDays))
                    return Refusal.Invalid(nameof(ReviewOn), "Choose a day of review after today and within a year.");
                await EndAsync(change, found.Value.Id, request.Failure, ct);
                change.Db.AcceptedGaps.Add(new AcceptedGap(
                    Guid.CreateVersion7(change.Now), found.Value.Id, request.Failure, request.Reason.Trim(), request.ReviewOn, actor.PersonId, actor.Name, confirmedBy, change.Now));
                change.Audit("journey.gap-accepted", "journey", found.Value.Id, found.Value.Name, new { request.Failure, request.Reason, request.ReviewOn, confirmedBy });
                change.Publish("journeys");
                return Done.Value;
            }, ct);
        }

        /// <summary>Ends the one in force, if any.</summary>
        internal static async Task<bool> EndAsync(Change change, Guid journey, FailureClass failure, CancellationToken ct)
        {
            if (await change.Db.AcceptedGaps.SingleOrDefaultAsync(g => g.JourneyId == journey && g.Failure == failure && g.EndedAt == null, ct) is not { } gap)
                return false;
            gap.End(change.Actor.Name, change.Now);
            // Before the next one is added, since only one may be in force.
            await change.Db.SaveChangesAsync(ct);
            return true;
        }
    }
}
