using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents.Response;
using SloPortal.Application.Incidents.Timeline.Marks;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Incidents.Timeline;

/// <summary>Does what a typed line says: a note, or a change of status, severity, role or impact, each by its own operation.</summary>
/// <param name="Incident">Number.</param>
/// <param name="ClientKey">The same key again is the same entry.</param>
/// <param name="TypedSecondsAgo">How long the line waited for a connection; times in it are read as of then.</param>
/// <param name="Zone">IANA id of the writer's zone; null is that of the profile.</param>
/// <param name="ConfirmUnusualTime">A time that was asked about is meant.</param>
public sealed record WriteLine(int Incident, string Line, string? ClientKey = null, double TypedSecondsAgo = 0, string? Zone = null, bool ConfirmUnusualTime = false)
{
    /// <summary>Seconds within which a line counts as sent at once.</summary>
    private const double AtOnce = 5;

    public sealed class Validator : AbstractValidator<WriteLine>
    {
        public Validator()
        {
            RuleFor(r => r.Line).NotNull().WithMessage("Say what happened.");
            RuleFor(r => r.ClientKey).MustBeClientKey();
        }
    }

    public sealed class Handler(
        IDbContextFactory<PortalDbContext> contexts, TimeProvider clock, IValidator<WriteLine> validator,
        AddEntry.Handler add, ChangeStatus.Handler status, ChangeSeverity.Handler severity, AssignRole.Handler role, ChangeImpact.Handler impact,
        PinEntry.Handler pin, PinNote.Handler pinNote)
    {
        public async Task<Outcome<WrittenLine>> HandleAsync(WriteLine request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Respond))
                return Denial.Of(actor, Permission.Respond);
            if (validator.Validate(request) is { IsValid: false } invalid)
                return Refusal.Invalid(invalid.Errors[0].PropertyName, invalid.Errors[0].ErrorMessage);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var incident = await db.IncidentsFor(actor).AsNoTracking().Where(i => i.Number == request.Incident)
                .Select(i => new Known(i.Id, i.Status, i.StartedAt, i.EndedAt, i.UsersAffected)).SingleOrDefaultAsync(ct);
            if (incident is null)
                return IncidentToChange.NotFound(request.Incident);
            // Before it is read: a change of status that was made is no longer a legal one.
            if (request.ClientKey is not null
                && await db.TimelineEntries.Where(e => e.IncidentId == incident.Id && e.ClientKey == request.ClientKey).Select(e => (int?)e.Number).SingleOrDefaultAsync(ct) is { } known)
                return new WrittenLine(known, null);
            var typedAgo = double.IsFinite(request.TypedSecondsAgo) ? TimeSpan.FromSeconds(Math.Clamp(request.TypedSecondsAgo, 0, 1e7)) : TimeSpan.Zero;
            var context = await LineReader.ContextAsync(db, request.Line, incident.Status, actor, request.Zone, typedAgo, clock.GetUtcNowInMicroseconds(), ct);
            var (line, problem) = LineParser.Read(request.Line, context);
            if (line is null)
                return Refusal.Invalid(nameof(Line), problem!);
            if (line.OccurredAt is null && typedAgo.TotalSeconds > AtOnce)
                line = line with { OccurredAt = context.Now };
            var written = await DoAsync(request, line, incident, actor, ct);
            if (written.Succeeded)
                return new WrittenLine(written.Value, null);
            return IsQuestion(written.Refusal) && !request.ConfirmUnusualTime ? new WrittenLine(null, written.Refusal.Message) : written.Refusal;
        }

        private Task<Outcome<int>> DoAsync(WriteLine r, TypedLine line, Known incident, Actor actor, CancellationToken ct) => line switch
        {
            TypedLine.Note note => add.HandleAsync(new(r.Incident, note.Text, EntryKind.Note, note.OccurredAt, r.ClientKey, r.ConfirmUnusualTime), actor, ct),
            TypedLine.Decision decision => add.HandleAsync(new(r.Incident, decision.Text, EntryKind.Decision, decision.OccurredAt, r.ClientKey, r.ConfirmUnusualTime), actor, ct),
            TypedLine.Status s => status.HandleAsync(new(r.Incident, s.To, s.OccurredAt, s.Text, r.ClientKey, r.ConfirmUnusualTime), actor, ct),
            TypedLine.Severity s => severity.HandleAsync(new(r.Incident, s.To, s.Text, s.OccurredAt, r.ClientKey, r.ConfirmUnusualTime), actor, ct),
            TypedLine.Role o => role.HandleAsync(new(r.Incident, o.Of, o.Person.Id, o.OccurredAt, r.ClientKey, r.ConfirmUnusualTime), actor, ct),
            TypedLine.Impact { HasFigures: true } i => impact.HandleAsync(
                new(r.Incident, i.StartedAt ?? incident.StartedAt, i.EndedAt ?? incident.EndedAt, i.Users ?? incident.UsersAffected, r.ClientKey, r.ConfirmUnusualTime), actor, ct),
            TypedLine.Impact i => add.HandleAsync(new(r.Incident, i.Text, EntryKind.Impact, i.OccurredAt, r.ClientKey, r.ConfirmUnusualTime), actor, ct),
            TypedLine.Pin { Number: { } number } p => pin.HandleAsync(new(r.Incident, null, p.Text, number, r.ClientKey), actor, ct),
            TypedLine.Pin p => pinNote.HandleAsync(new(r.Incident, p.Text, p.OccurredAt, r.ClientKey, r.ConfirmUnusualTime), actor, ct),
            _ => throw new ArgumentOutOfRangeException(nameof(line), line, null),
        };

        /// <summary>Only times are asked about.</summary>
        private static bool IsQuestion(Refusal refusal) =>
            refusal.Message.EndsWith(UnusualTime.Or, StringComparison.Ordinal);

        private sealed record Known(Guid Id, IncidentStatus Status, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, long? UsersAffected);
    }
}

/// <param name="Number">Of the entry; null while there is a question.</param>
/// <param name="Question">What is asked before it is taken; the same line with its confirmation is the answer.</param>
public sealed record WrittenLine(int? Number, string? Question);
