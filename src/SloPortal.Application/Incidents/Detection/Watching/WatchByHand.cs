using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Access.Notices;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Watching;

namespace SloPortal.Application.Incidents.Detection.Watching;

/// <summary>Puts something on the watch list that no look found. Whoever does so owns it.</summary>
/// <param name="Service">Slug.</param>
/// <param name="Title">What is watched, in a few words.</param>
/// <param name="Reason">Why.</param>
/// <param name="ExpiresAt">When it leaves the list; null is a week from now.</param>
/// <param name="ClientKey">The same key again is the same item.</param>
public sealed record WatchByHand(string Service, string Title, string Reason, string? Objective = null, DateTimeOffset? ExpiresAt = null, string? ClientKey = null)
{
    public sealed class Validator : AbstractValidator<WatchByHand>
    {
        public Validator()
        {
            RuleFor(r => r.Service).NotEmpty().WithMessage("Choose the service that it is about.");
            RuleFor(r => r.Title).MustBeIncidentTitle();
            RuleFor(r => r.Reason).MustBeWatchReason();
            RuleFor(r => r.ClientKey).MustBeClientKey();
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        /// <returns>The item.</returns>
        public Task<Outcome<Guid>> HandleAsync(WatchByHand request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<WatchByHand, Guid>(request, actor, Permission.Respond, async change =>
            {
                if (actor.PersonId == Guid.Empty)
                    return Refusal.Denied("A person puts things on the list by hand.");
                if (request.ClientKey is { } key)
                {
                    await change.Db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({"watch/key/" + key}, 0))", ct);
                    if (await change.Db.WatchItems.SingleOrDefaultAsync(w => w.ClientKey == key, ct) is { } known)
                    {
                        change.Audit("watch.repeated", "watch", known.Id, known.Title, new { key });
                        return known.Id;
                    }
                }
                if (await change.Db.Services.AsNoTracking().SingleOrDefaultAsync(s => s.Slug == request.Service && s.ArchivedAt == null, ct) is not { } service)
                    return Refusal.Invalid(nameof(Service), $"There is no service \"{request.Service}\". Choose one of the list.");
                Guid? objective = null;
                if (!string.IsNullOrEmpty(request.Objective))
                {
                    objective = await change.Db.Objectives.Where(o => o.ServiceId == service.Id && o.Slug == request.Objective && o.ArchivedAt == null).Select(o => (Guid?)o.Id).SingleOrDefaultAsync(ct);
                    if (objective is null)
                        return Refusal.Invalid(nameof(Objective), $"{service.Name} has no objective \"{request.Objective}\".");
                }
                var made = WatchItem.ByHand(
                    Guid.CreateVersion7(change.Now), new(WatchKind.ByHand, service.Id, objective), request.Title.Trim(), request.Reason.Trim(), request.ExpiresAt?.ToUniversalTime(), WatchRules.ActingIn(change, request.ClientKey));
                if (!made.Succeeded)
                    return made.Refusal;
                change.Db.WatchItems.Add(made.Value);
                WatchRules.Record(change, "watch.added", made.Value, new { Service = service.Slug, request.Objective, made.Value.Reason, made.Value.ExpiresAt });
                var others = (await WatchRules.PeopleOfAsync(change.Db, service.Id, ct)).Where(p => p != actor.PersonId);
                change.Tell(others, $"{actor.Name} watches {made.Value.Title}", WatchRules.AddressOf(made.Value.Id));
                return made.Value.Id;
            }, ct);
    }
}
