using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Application.Incidents.StatusPages.Subscribers;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.StatusPages;

namespace SloPortal.Application.Incidents.StatusPages;

/// <summary>Changes what a status page shows, and to whom. Its address stays.</summary>
/// <param name="Services">In the order in which they are shown.</param>
/// <param name="Version">Of the page as it was read; null changes it whatever it is now.</param>
public sealed record ChangeStatusPage(
    string Slug, string Title, StatusPageAudience Audience, IReadOnlyList<ShownServiceGiven> Services, bool NeedsApproval = true, uint? Version = null)
{
    public sealed class Validator : AbstractValidator<ChangeStatusPage>
    {
        public Validator()
        {
            RuleFor(r => r.Title).MustBePageTitle();
            RuleFor(r => r.Audience).IsInEnum().WithMessage("A status page is read by everybody, or by link.");
            RuleFor(r => r.Services).MustBeShownServices();
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        /// <returns>With a key where the page needs a link from now on, and had none.</returns>
        public Task<Outcome<StatusPageLink>> HandleAsync(ChangeStatusPage request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ChangeStatusPage, StatusPageLink>(request, actor, Permission.Administer, async change =>
            {
                var found = await StatusPageRules.FindAsync(change, request.Slug, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var shown = found.Value;
                if (request.Version is { } version)
                    change.Db.Entry(shown).Property(p => p.Version).OriginalValue = version;
                var services = await StatusPageRules.ServicesAsync(change, request.Services, ct);
                if (!services.Succeeded)
                    return services.Refusal;
                var before = new { shown.Title, shown.Audience, shown.NeedsApproval, Services = shown.Services.Select(s => s.Name) };
                shown.Change(request.Title.Trim(), request.NeedsApproval, services.Value);
                var key = shown.Audience == request.Audience ? null : StatusPageRules.ShowTo(shown, request.Audience, change.Now);
                // Whoever may not read it any more without the new link gets none of it by mail either.
                var ended = key is null ? 0 : await SubscriptionToChange.EndAllAsync(change, shown, ct);
                change.Audit("status_page.changed", "status_page", shown.Id, shown.Title, new { Before = before, After = new { shown.Title, shown.Audience, shown.NeedsApproval, Services = shown.Services.Select(s => s.Name) }, EndedSubscriptions = ended });
                change.Publish(StatusPageAddresses.Topic);
                return new StatusPageLink(shown.Slug, key);
            }, ct);
    }
}
