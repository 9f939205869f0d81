using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.Domain.Incidents.Escalation.Quiet;

namespace SloPortal.Application.Incidents.Escalation.Quiet;

/// <param name="Quiet">How many signals it has kept from calling.</param>
/// <param name="Firing">How many of them fire still and are decided anew when it ends.</param>
public sealed record SilenceRow(
    Guid Id, SilenceState State, string Team, string TeamName, string? Service, string? ServiceName, IReadOnlyList<LabelCondition> Conditions, DateTimeOffset StartsAt, DateTimeOffset EndsAt,
    string Reason, string PlannedBy, DateTimeOffset PlannedAt, string? EndedBy, int Quiet, int Firing, bool MayChange);

/// <param name="Active">How many cover something now, whatever the filter.</param>
public sealed record SilenceList(Page<SilenceRow> Silences, int Active, bool MayPlan);

/// <summary>Silences: those that go on first, then the planned, then what is over, the newest first.</summary>
/// <param name="Text">In reason, team and service.</param>
public sealed record ListSilences(SilenceState? State = null, string? Team = null, string? Text = null, int Page = 1, int Size = 50)
{
    public sealed class Validator : AbstractValidator<ListSilences>
    {
        public Validator()
        {
            RuleFor(r => r.Page).InclusiveBetween(1, 100_000).WithMessage("Pages of the list are counted from 1.");
            RuleFor(r => r.Size).InclusiveBetween(1, 200).WithMessage("A page of the list holds 1 to 200.");
        }
    }

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, TimeProvider clock)
    {
        public async Task<Outcome<SilenceList>> HandleAsync(ListSilences request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            if (new Validator().Validate(request) is { IsValid: false } wrong)
                return Refusal.Invalid(wrong.Errors[0].PropertyName, wrong.Errors[0].ErrorMessage);
            var now = clock.GetUtcNow();
            await using var db = await contexts.CreateDbContextAsync(ct);
            var found = from q in db.Silences.AsNoTracking()
                        join t in db.Teams on q.TeamId equals t.Id
                        join s in db.Services on q.ServiceId equals s.Id into services
                        from s in services.DefaultIfEmpty()
                        select new { Silence = q, Team = t, Service = s };
            found = request.State switch
            {
                SilenceState.Active => found.Where(f => f.Silence.StartsAt <= now && f.Silence.EndsAt > now),
                SilenceState.Planned => found.Where(f => f.Silence.StartsAt > now),
                SilenceState.Over => found.Where(f => f.Silence.EndsAt <= now),
                _ => found,
            };
            if (!string.IsNullOrWhiteSpace(request.Team))
                found = found.Where(f => f.Team.Slug == request.Team);
            if (!string.IsNullOrWhiteSpace(request.Text))
            {
                var pattern = TextSearch.Contains(request.Text);
                found = found.Where(f => EF.Functions.ILike(f.Silence.Reason, pattern, "\\") || EF.Functions.ILike(f.Team.Name, pattern, "\\") || EF.Functions.ILike(f.Service.Name, pattern, "\\"));
            }
            var total = await found.CountAsync(ct);
            var rows = await found
                .OrderBy(f => f.Silence.EndsAt <= now ? 2 : f.Silence.StartsAt > now ? 1 : 0)
                .ThenBy(f => f.Silence.EndsAt <= now ? null : (DateTimeOffset?)f.Silence.EndsAt).ThenByDescending(f => f.Silence.EndsAt).ThenBy(f => f.Silence.Id)
                .Skip((request.Page - 1) * request.Size).Take(request.Size)
                .Select(f => new
                {
                    f.Silence,
                    f.Team,
                    f.Service,
                    Quiet = db.SignalEvents.Where(e => e.SilenceId == f.Silence.Id).Select(e => e.SignalId).Distinct().Count(),
                    Firing = db.Signals.Count(s => s.SilenceId == f.Silence.Id && s.State != SignalState.Resolved),
                }).ToListAsync(ct);
            return new SilenceList(
                new Page<SilenceRow>(rows.ConvertAll(r => new SilenceRow(
                    r.Silence.Id, r.Silence.StateAt(now), r.Team.Slug, r.Team.Name, r.Service?.Slug, r.Service?.Name, r.Silence.Conditions, r.Silence.StartsAt, r.Silence.EndsAt,
                    r.Silence.Reason, r.Silence.PlannedByName, r.Silence.PlannedAt, r.Silence.EndedByName, r.Quiet, r.Firing,
                    r.Silence.EndsAt > now && SilenceToChange.MayQuiet(actor, r.Team.Id))), total, request.Page, request.Size),
                await db.Silences.CountAsync(q => q.StartsAt <= now && q.EndsAt > now, ct),
                actor.May(Permission.RunIncidents) || (actor.May(Permission.Respond) && actor.TeamIds.Count > 0));
        }
    }
}
