using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Incidents.Timeline;

/// <summary>Says what a line will become, and how it may go on, while somebody types it.</summary>
/// <param name="Incident">Number.</param>
/// <param name="Zone">IANA id of the writer's zone; null is that of the profile.</param>
public sealed record PreviewLine(int Incident, string Line, string? Zone = null)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, TimeProvider clock)
    {
        public async Task<Outcome<LinePreviewed>> HandleAsync(PreviewLine request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Respond))
                return Denial.Of(actor, Permission.Respond);
            if (request.Line is null)
                return Refusal.Invalid(nameof(Line), "Give the line, which may be empty.");
            await using var db = await contexts.CreateDbContextAsync(ct);
            var status = await db.IncidentsFor(actor).Where(i => i.Number == request.Incident).Select(i => (IncidentStatus?)i.Status).SingleOrDefaultAsync(ct);
            if (status is null)
                return IncidentToChange.NotFound(request.Incident);
            var context = await LineReader.ContextAsync(db, request.Line, status.Value, actor, request.Zone, TimeSpan.Zero, clock.GetUtcNowInMicroseconds(), ct);
            var (line, problem) = LineParser.Read(request.Line, context);
            var question = line?.OccurredAt is { } at ? UnusualTime.Question(at, context.Now, null) : null;
            return new LinePreviewed(line is null ? null : LinePreview.Of(line, context), problem, question, LineCompletion.For(request.Line, context));
        }
    }
}

/// <param name="Becomes">"status → mitigated, 5 min ago"; null where it becomes nothing.</param>
/// <param name="Problem">Why it becomes nothing.</param>
/// <param name="Question">What will be asked before it is taken.</param>
/// <param name="Candidates">How the line may go on.</param>
public sealed record LinePreviewed(string? Becomes, string? Problem, string? Question, IReadOnlyList<LineCandidate> Candidates);
