using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Access.Notices;
using SloPortal.Application.Measurement.Ingest.Writing;
using SloPortal.Application.Measurement.Slis;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Corrections;

namespace SloPortal.Application.Measurement.Corrections;

/// <summary>Proposes that minutes of an SLI count otherwise than they were measured, in the past or to come. Nothing changes until somebody else approves it.</summary>
/// <param name="From">Rounded down to the minute.</param>
/// <param name="To">Rounded up to the minute; exclusive; at most 31 days after.</param>
/// <param name="Recurrence">An RRULE of RFC 5545 that ends, such as FREQ=WEEKLY;COUNT=10; null for one stretch.</param>
/// <param name="TimeZone">IANA id, by whose clock it repeats.</param>
/// <param name="Good">Good events that count in each stretch instead; only to replace.</param>
/// <param name="Total">All events that count in each stretch instead; only to replace.</param>
/// <param name="Evidence">What shows it: a link, a ticket, words.</param>
public sealed record ProposeCorrection(
    int SliId, CorrectionKind Kind, DateTimeOffset From, DateTimeOffset To, string Reason, string Evidence,
    string? Recurrence = null, string TimeZone = "Etc/UTC", double? Good = null, double? Total = null)
{
    public static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    private static readonly TimeSpan Furthest = TimeSpan.FromDays(366);

    public sealed class Validator : AbstractValidator<ProposeCorrection>
    {
        public Validator()
        {
            RuleFor(r => r.Kind).IsInEnum().WithMessage("Choose what the minutes are to count as.");
            RuleFor(r => r.To).GreaterThan(r => r.From).WithMessage("It must end after it begins.")
                .Must((r, to) => to - r.From <= Longest).WithMessage("A stretch lasts at most 31 days.");
            RuleFor(r => r.Reason).MustBeCorrectionReason();
            RuleFor(r => r.Evidence).NotEmpty().WithMessage("Say what shows it: a link, a ticket, the announcement. An auditor will ask.")
                .MaximumLength(4000).WithMessage("Evidence has at most 4,000 characters; link what is longer.");
            RuleFor(r => r.Recurrence).MaximumLength(300).WithMessage("A rule has at most 300 characters.");
            RuleFor(r => r.TimeZone).NotEmpty().WithMessage("Give the time zone.").MaximumLength(60).WithMessage("That time zone is not known; give one such as Europe/Berlin.");
            RuleFor(r => r.Total).NotNull().When(r => r.Kind == CorrectionKind.Replace).WithMessage("Give all events of the stretch.")
                .Null().When(r => r.Kind != CorrectionKind.Replace).WithMessage("Figures are given only where minutes are replaced.")
                .InclusiveBetween(0, 1L << 53).WithMessage("All events must be a number from zero that can be counted exactly.");
            RuleFor(r => r.Good).NotNull().When(r => r.Kind == CorrectionKind.Replace).WithMessage("Give the good events of the stretch.")
                .Null().When(r => r.Kind != CorrectionKind.Replace).WithMessage("Figures are given only where minutes are replaced.")
                .GreaterThanOrEqualTo(0).WithMessage("Good events cannot be less than none.")
                .Must((r, good) => good is null || r.Total is null || good <= r.Total).WithMessage("Good events cannot be more than all.");
        }
    }

    public sealed class Handler(UnitOfWork work, IngestSettings settings)
    {
        /// <returns>Its id.</returns>
        public Task<Outcome<Guid>> HandleAsync(ProposeCorrection request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ProposeCorrection, Guid>(request, actor, Permission.OwnServices, async change =>
            {
                var found = await OwnedSli.FindAsync(change, request.SliId, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var sli = found.Value;
                if (sli.Definition is Composite)
                    return Refusal.Invalid(nameof(SliId), "A journey follows from its steps: correct the SLI of the step that was measured wrongly.");
                if (request.From > change.Now + Furthest)
                    return Refusal.Invalid(nameof(From), "It begins more than a year from now.");
                var first = new Interval(MinuteClock.Floor(request.From), MinuteClock.Ceiling(request.To));
                if (first.Start < change.Now - settings.OldestSample)
                    return Refusal.Invalid(nameof(From), "It begins before the minutes that the portal still holds.");
                var recurrence = string.IsNullOrWhiteSpace(request.Recurrence) ? null : request.Recurrence.Trim();
                if (request.Kind == CorrectionKind.Replace && (recurrence is not null || first.End > change.Now))
                    return Refusal.Invalid(nameof(To), "Figures replace one stretch that has passed; what is to come can be left out.");
                if (CorrectionSpans.Of(first, recurrence, request.TimeZone) is { Succeeded: false } impossible)
                    return impossible.Refusal;
                var correction = new Correction(
                    Guid.CreateVersion7(change.Now), sli.Id, request.Kind, first, recurrence, request.TimeZone,
                    request is { Good: { } good, Total: { } total } ? new EventCounts(good, total) : null, request.Reason.Trim(), request.Evidence.Trim(), actor.PersonId, actor.Name, change.Now);
                change.Db.Corrections.Add(correction);
                CorrectionToChange.Record(change, sli, correction, "proposed");
                change.Publish("slis");
                var deciders = await (from s in change.Db.Services
                                      join m in change.Db.TeamMembers on s.OwnerTeamId equals m.TeamId
                                      join p in change.Db.Users on m.PersonId equals p.Id
                                      where s.Id == sli.ServiceId && p.DisabledAt == null && p.Id != actor.PersonId
                                      select p.Id).ToListAsync(ct);
                change.Tell(deciders, $"{actor.Name} proposes to correct \"{sli.Name}\"; somebody else has to approve it.", $"/slis/{sli.Id}", byMail: true);
                return correction.Id;
            }, ct);
    }
}
