using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Application.Access.Notices;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.Detection.Watching;

/// <summary>Says who looks after a watched thing.</summary>
/// <param name="Person">Null takes it oneself.</param>
/// <param name="ClientKey">The same key again changes nothing.</param>
public sealed record OwnWatch(Guid Id, Guid? Person = null, string? ClientKey = null)
{
    public sealed class Validator : AbstractValidator<OwnWatch>
    {
        public Validator() => RuleFor(r => r.ClientKey).MustBeClientKey();
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(OwnWatch request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<OwnWatch, Done>(request, actor, Permission.Respond, async change =>
            {
                var found = await WatchRules.FindAsync(change, request.Id, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var item = found.Value;
                if (await WatchRules.RepeatedAsync(change, item, request.ClientKey, ct))
                    return Done.Value;
                var owner = request.Person ?? actor.PersonId;
                var names = await IncidentPeople.NamesAsync(change.Db, nameof(Person), [owner], ct);
                if (!names.Succeeded)
                    return names.Refusal;
                // Anybody may take it; giving it to somebody else is a decision.
                if (owner != actor.PersonId && await WatchRules.MustDecideAsync(change, item, ct) is { } denied)
                    return denied;
                if (item.GiveTo(owner, names.Value[owner], WatchRules.ActingIn(change, request.ClientKey)) is { } refusal)
                    return refusal;
                if (owner != actor.PersonId)
                    change.Tell([owner], $"{actor.Name} gave you to watch: {item.Title}", WatchRules.AddressOf(item.Id));
                WatchRules.Record(change, "watch.owned", item, new { Owner = owner });
                return Done.Value;
            }, ct);
    }
}
