using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Watching;

namespace SloPortal.Application.Incidents.Detection.Watching;

/// <param name="MayAdd">The reader may put something there, take it, and make an incident of it.</param>
public sealed record WatchList(Page<WatchRow> Items, int Watched, int Unowned, bool MayAdd);

/// <summary>What is watched, what expires first first; of what left the list the newest first.</summary>
/// <param name="State">Null for all.</param>
/// <param name="Service">Slug.</param>
/// <param name="Text">In title and reason.</param>
/// <param name="Owner">Only what this person owns.</param>
public sealed record ListWatch(WatchState? State = WatchState.Watched, WatchKind? Kind = null, string? Service = null, string? Text = null, Guid? Owner = null, int Page = 1, int Size = 50)
{
    public sealed class Validator : AbstractValidator<ListWatch>
    {
        public Validator()
        {
            RuleFor(r => r.Page).InclusiveBetween(1, Page<WatchRow>.Last).WithMessage("Pages are counted from 1.");
            RuleFor(r => r.Size).InclusiveBetween(1, 200).WithMessage("A page holds 1 to 200 things.");
        }
    }

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<WatchList>> HandleAsync(ListWatch request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            if (new Validator().Validate(request) is { IsValid: false } wrong)
                return Refusal.Invalid(wrong.Errors[0].PropertyName, wrong.Errors[0].ErrorMessage);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var found = Matching(db, request);
            var ordered = request.State == WatchState.Watched ? found.OrderBy(w => w.ExpiresAt).ThenBy(w => w.Id) : found.OrderByDescending(w => w.Since).ThenByDescending(w => w.Id);
            var ids = await ordered.Skip((request.Page - 1) * request.Size).Take(request.Size).Select(w => w.Id).ToArrayAsync(ct);
            var rows = await WatchRow.ReadAsync(db, db.WatchItems.Where(w => ids.Contains(w.Id)), actor, ct);
            var watched = db.WatchItems.Where(w => w.State == WatchState.Watched);
            return new WatchList(
                new Page<WatchRow>([.. rows.OrderBy(r => Array.IndexOf(ids, r.Id))], await found.CountAsync(ct), request.Page, request.Size),
                await watched.CountAsync(ct), await watched.CountAsync(w => w.OwnerId == null, ct), actor.May(Permission.Respond));
        }

        private static IQueryable<WatchItem> Matching(PortalDbContext db, ListWatch request)
        {
            var items = db.WatchItems.AsNoTracking();
            if (request.State is { } state)
                items = items.Where(w => w.State == state);
            if (request.Kind is { } kind)
                items = items.Where(w => w.Kind == kind);
            if (!string.IsNullOrWhiteSpace(request.Service))
                items = items.Where(w => db.Services.Any(s => s.Id == w.ServiceId && s.Slug == request.Service));
            if (request.Owner is { } owner)
                items = items.Where(w => w.OwnerId == owner);
            if (!string.IsNullOrWhiteSpace(request.Text))
            {
                var pattern = TextSearch.Contains(request.Text);
                items = items.Where(w => EF.Functions.ILike(w.Title, pattern, "\\") || EF.Functions.ILike(w.Reason, pattern, "\\"));
            }
            return items;
        }
    }
}
