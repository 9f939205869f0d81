using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;

namespace SloPortal.Application.Incidents;

/// <param name="Services">Names, in their order.</param>
/// <param name="Commander">Null while nobody is.</param>
/// <param name="MergedInto">The number of the incident in which it goes on.</param>
/// <param name="ImpactSeconds">From the start to the end, or to now.</param>
public sealed record IncidentRow(
    Guid Id, int Number, string Code, string Title, IncidentStatus Status, IncidentSeverity Severity, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, double ImpactSeconds,
    IReadOnlyList<string> Services, string? Commander, bool IsRestricted, int? MergedInto);

/// <param name="Open">How many are open, whatever the filter.</param>
/// <param name="MayDeclare">The actor may declare one.</param>
public sealed record IncidentList(Page<IncidentRow> Incidents, int Open, bool MayDeclare);

/// <summary>Incidents, what hurts most first: open before over, felt before mitigated, the worst severity, the newest.</summary>
/// <param name="Open">True for those in which somebody still has to do something, null for all.</param>
/// <param name="Service">Slug.</param>
/// <param name="Text">In code, title and summary.</param>
/// <param name="From">Started at or after.</param>
/// <param name="To">Started before.</param>
public sealed record ListIncidents(
    bool? Open = null, IncidentSeverity? Severity = null, string? Service = null, string? Text = null, DateTimeOffset? From = null, DateTimeOffset? To = null, int Page = 1, int Size = 50)
{
    public sealed class Validator : AbstractValidator<ListIncidents>
    {
        public Validator()
        {
            RuleFor(r => r.Page).InclusiveBetween(1, 100_000).WithMessage("Pages are counted from 1.");
            RuleFor(r => r.Size).InclusiveBetween(1, 200).WithMessage("A page holds 1 to 200 incidents.");
        }
    }

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, TimeProvider clock)
    {
        public async Task<Outcome<IncidentList>> HandleAsync(ListIncidents request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            if (new Validator().Validate(request) is { IsValid: false } wrong)
                return Refusal.Invalid(wrong.Errors[0].PropertyName, wrong.Errors[0].ErrorMessage);
            var now = clock.GetUtcNowInMicroseconds();
            await using var db = await contexts.CreateDbContextAsync(ct);
            var visible = db.IncidentsFor(actor).AsNoTracking();
            var found = Matching(db, visible, request);
            var total = await found.CountAsync(ct);
            var rows = await found
                .OrderByDescending(i => i.Status != IncidentStatus.Resolved && i.Status != IncidentStatus.Closed)
                .ThenByDescending(i => i.Status == IncidentStatus.Detected || i.Status == IncidentStatus.Acknowledged)
                .ThenBy(i => i.Status == IncidentStatus.Resolved || i.Status == IncidentStatus.Closed ? null : (IncidentSeverity?)i.Severity)
                .ThenByDescending(i => i.StartedAt).ThenByDescending(i => i.Number)
                .Skip((request.Page - 1) * request.Size).Take(request.Size)
                .Select(i => new
                {
                    Incident = i,
                    Services = db.Services.Where(s => i.Services.Any(x => x.ServiceId == s.Id)).OrderBy(s => s.Name).Select(s => s.Name).ToList(),
                    Commander = db.Users.Where(p => i.Roles.Any(r => r.Role == IncidentRole.Commander && r.PersonId == p.Id)).Select(p => p.DisplayName).FirstOrDefault(),
                    MergedInto = db.Incidents.Where(x => x.Id == i.MergedIntoId).Select(x => (int?)x.Number).FirstOrDefault(),
                }).ToListAsync(ct);
            return new IncidentList(
                new Page<IncidentRow>(rows.ConvertAll(r => Row(r.Incident, r.Services, r.Commander, r.MergedInto, now)), total, request.Page, request.Size),
                await visible.CountAsync(i => i.Status != IncidentStatus.Resolved && i.Status != IncidentStatus.Closed, ct),
                actor.May(Permission.Respond));
        }

        private static IQueryable<Incident> Matching(PortalDbContext db, IQueryable<Incident> incidents, ListIncidents request)
        {
            if (request.Open is { } open)
                incidents = incidents.Where(i => (i.Status != IncidentStatus.Resolved && i.Status != IncidentStatus.Closed) == open);
            if (request.Severity is { } severity)
                incidents = incidents.Where(i => i.Severity == severity);
            if (!string.IsNullOrWhiteSpace(request.Service))
                incidents = incidents.Where(i => i.Services.Any(x => db.Services.Any(s => s.Id == x.ServiceId && s.Slug == request.Service)));
            if (!string.IsNullOrWhiteSpace(request.Text))
            {
                var pattern = TextSearch.Contains(request.Text);
                incidents = incidents.Where(i => EF.Functions.ILike(i.Title, pattern, "\\") || EF.Functions.ILike(i.Summary, pattern, "\\") || EF.Functions.ILike("INC-" + i.Number, pattern, "\\"));
            }
            if (request.From?.ToUniversalTime() is { } from)
                incidents = incidents.Where(i => i.StartedAt >= from);
            if (request.To?.ToUniversalTime() is { } to)
                incidents = incidents.Where(i => i.StartedAt < to);
            return incidents;
        }

        private static IncidentRow Row(Incident i, IReadOnlyList<string> services, string? commander, int? mergedInto, DateTimeOffset now) => new(
            i.Id, i.Number, i.Code, i.Title, i.Status, i.Severity, i.StartedAt, i.EndedAt, i.ImpactAt(now).Length.TotalSeconds, services, commander, i.IsRestricted, mergedInto);
    }
}
