using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.Detection.Watching;

/// <summary>Keeps a watched thing on the list for longer.</summary>
/// <param name="Until">At most 30 days from now.</param>
/// <param name="Why">What is waited for; may be left out.</param>
/// <param name="ClientKey">The same key again changes nothing.</param>
public sealed record ExtendWatch(Guid Id, DateTimeOffset Until, string? Why = null, string? ClientKey = null)
{
    public sealed class Validator : AbstractValidator<ExtendWatch>
    {
        public Validator()
        {
            RuleFor(r => r.Why).MustBeWatchReason().When(r => !string.IsNullOrEmpty(r.Why));
            RuleFor(r => r.ClientKey).MustBeClientKey();
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(ExtendWatch request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ExtendWatch, Done>(request, actor, Permission.Respond, async change =>
            {
                var found = await WatchRules.FindAsync(change, request.Id, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var item = found.Value;
                if (await WatchRules.RepeatedAsync(change, item, request.ClientKey, ct))
                    return Done.Value;
                if (await WatchRules.MustDecideAsync(change, item, ct) is { } denied)
                    return denied;
                if (item.Extend(request.Until.ToUniversalTime(), request.Why, WatchRules.ActingIn(change, request.ClientKey)) is { } refusal)
                    return refusal;
                WatchRules.Record(change, "watch.extended", item, new { item.ExpiresAt, request.Why });
                return Done.Value;
            }, ct);
    }
}
