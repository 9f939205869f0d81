using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Application.Incidents.Timeline.Marks;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Timeline;
using SloPortal.Domain.Incidents.Timeline.Clocks;
using SloPortal.Domain.Incidents.Timeline.Marks;

namespace SloPortal.Application.Incidents.Timeline.Clocks;

/// <summary>
/// Says how far a clock was off in an incident. The timeline and the phases then follow corrected times; what the clock said stays stored and is shown beside them, and so does
/// each offset that was given.
/// </summary>
/// <param name="Incident">Number.</param>
/// <param name="Clock">As <see cref="ListClocks"/> names it: "chat", "Ruth Adler's watch".</param>
/// <param name="OffsetSeconds">What the clock says minus the true time: above zero where it is ahead. 0 takes it at its word again.</param>
/// <param name="UncertaintySeconds">By so much the corrected time may still be wrong, to either side.</param>
/// <param name="Evidence">What shows it; null where nothing does.</param>
/// <param name="ClientKey">The same key again changes nothing.</param>
public sealed record GiveClockOffset(
    int Incident, string Clock, decimal OffsetSeconds, decimal UncertaintySeconds, string Reason, Evidence? Evidence = null, string? ClientKey = null)
{
    public sealed class Validator : AbstractValidator<GiveClockOffset>
    {
        public Validator()
        {
            RuleFor(r => r.Clock).NotEmpty().WithMessage("Name the clock.").MaximumLength(300).WithMessage("A clock's name has at most 300 characters.");
            RuleFor(r => r.Reason).MustBeReason();
            RuleFor(r => r.ClientKey).MustBeClientKey();
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        /// <returns>The number of the timeline's entry.</returns>
        public Task<Outcome<int>> HandleAsync(GiveClockOffset request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<GiveClockOffset, int>(request, actor, Permission.Respond, async change =>
            {
                var found = await IncidentToChange.FindAsync(change, request.Incident, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var incident = found.Value;
                if (await IncidentToChange.RepeatedAsync(change, incident, request.ClientKey, ct) is { } known)
                    return known;
                var offset = new ClockOffset(request.OffsetSeconds, request.UncertaintySeconds);
                if (offset.WhyNot() is { } refusal)
                    return refusal;
                var scope = (await TimelineScope.FindAsync(change.Db, request.Incident, actor, null, ct))!;
                var chains = scope.Ids;
                var clocks = (await TimedEntry.ReadAsync(change.Db.TimelineEntries.Where(e => chains.Contains(e.IncidentId)), ct)).Select(e => e.Clock).Distinct().Order(StringComparer.Ordinal).ToList();
                if (!clocks.Contains(request.Clock))
                    return Refusal.Invalid(nameof(Clock), $"No entry of this timeline is by \"{request.Clock}\". Its clocks are {string.Join(", ", clocks)}.");
                var before = (await TimelineClocks.ReadAsync(change.Db, chains, null, ct)).Of(incident.Id, incident.Id, request.Clock);
                if (before == offset)
                    return Refusal.Conflict("This clock counts so already.");
                var reason = request.Reason.Trim();
                var details = new ClockDetails(request.Clock, offset.OffsetSeconds, offset.UncertaintySeconds, reason);
                var entry = (await TimelineWriter.AppendAsync(change, incident, [new NewEntry(
                    EntryKind.Clock, $"Clock of {request.Clock}: {offset}, before: {before}. {reason}", ClientKey: request.ClientKey, Details: details, Source: EntryRules.SourceOf(actor))], ct))[0];
                change.Audit("incident.clock_offset_given", "incident", incident.Id, IncidentToChange.Named(incident), details);
                if (request.Evidence is { } evidence)
                {
                    var linked = await LinkEvidence.Handler.LinkAsync(change, scope, incident, entry, evidence, null, ct);
                    if (!linked.Succeeded)
                        return linked.Refusal;
                }
                return entry.Number;
            }, ct);
    }
}
