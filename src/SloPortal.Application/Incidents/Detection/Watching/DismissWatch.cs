using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.Detection.Watching;

/// <summary>Takes a watched thing off the list, since it is nothing. Until the day on which it would have expired no look puts it there again.</summary>
/// <param name="ClientKey">The same key again changes nothing.</param>
public sealed record DismissWatch(Guid Id, string Reason, string? ClientKey = null)
{
    public sealed class Validator : AbstractValidator<DismissWatch>
    {
        public Validator()
        {
            RuleFor(r => r.Reason).MustBeWatchReason();
            RuleFor(r => r.ClientKey).MustBeClientKey();
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(DismissWatch request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<DismissWatch, Done>(request, actor, Permission.Respond, async change =>
            {
                var found = await WatchRules.FindAsync(change, request.Id, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var item = found.Value;
                if (await WatchRules.RepeatedAsync(change, item, request.ClientKey, ct))
                    return Done.Value;
                if (await WatchRules.MustDecideAsync(change, item, ct) is { } denied)
                    return denied;
                if (item.Dismiss(request.Reason.Trim(), WatchRules.ActingIn(change, request.ClientKey)) is { } refusal)
                    return refusal;
                WatchRules.Record(change, "watch.dismissed", item, new { Reason = request.Reason.Trim() });
                return Done.Value;
            }, ct);
    }
}
