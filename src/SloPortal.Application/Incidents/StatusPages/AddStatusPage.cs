using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.StatusPages;

namespace SloPortal.Application.Incidents.StatusPages;

/// <param name="Key">The secret in its link, shown now and never again; null where everybody may read it.</param>
public sealed record StatusPageLink(string Slug, string? Key);

/// <summary>Makes a status page for people outside.</summary>
/// <param name="Services">In the order in which they are shown.</param>
/// <param name="NeedsApproval">An update waits for somebody other than its author before it goes there.</param>
public sealed record AddStatusPage(string Slug, string Title, StatusPageAudience Audience, IReadOnlyList<ShownServiceGiven> Services, bool NeedsApproval = true)
{
    public sealed class Validator : AbstractValidator<AddStatusPage>
    {
        public Validator()
        {
            RuleFor(r => r.Slug).Must(Domain.Common.Slug.IsValid).WithMessage(Domain.Common.Slug.Rule);
            RuleFor(r => r.Title).MustBePageTitle();
            RuleFor(r => r.Audience).IsInEnum().WithMessage("A status page is read by everybody, or by link.");
            RuleFor(r => r.Services).MustBeShownServices();
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<StatusPageLink>> HandleAsync(AddStatusPage request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<AddStatusPage, StatusPageLink>(request, actor, Permission.Administer, async change =>
            {
                var services = await StatusPageRules.ServicesAsync(change, request.Services, ct);
                if (!services.Succeeded)
                    return services.Refusal;
                var added = new StatusPage(Guid.CreateVersion7(change.Now), request.Slug, change.Now);
                added.Change(request.Title.Trim(), request.NeedsApproval, services.Value);
                var key = StatusPageRules.ShowTo(added, request.Audience, change.Now);
                change.Db.StatusPages.Add(added);
                change.Audit("status_page.added", "status_page", added.Id, added.Title, new { added.Slug, added.Audience, added.NeedsApproval, request.Services });
                change.Publish(StatusPageAddresses.Topic);
                return new StatusPageLink(added.Slug, key);
            }, ct);
    }
}
