using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Audit;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.StatusPages.Subscribers;

/// <param name="ConfirmedAt">Null while the address is not confirmed.</param>
/// <param name="LastError">Why the last mail that was given up could not be sent; null where none was.</param>
public sealed record SubscriberRow(Guid Id, string Address, DateTimeOffset AskedAt, DateTimeOffset? ConfirmedAt, DateTimeOffset? LastSentAt, string? LastError);

/// <summary>Who gets the updates of a status page by mail, by address. Addresses are people's, so only administrators read them, and that they did is recorded.</summary>
/// <param name="StatusPage">Slug.</param>
/// <param name="Text">In the address.</param>
public sealed record ListSubscribers(string StatusPage, string? Text = null, int Page = 1, int Size = 50)
{
    public sealed class Validator : AbstractValidator<ListSubscribers>
    {
        public Validator()
        {
            RuleFor(r => r.Page).InclusiveBetween(1, Page<SubscriberRow>.Last).WithMessage("Pages of the list are counted from 1.");
            RuleFor(r => r.Size).InclusiveBetween(1, 200).WithMessage("A page of the list holds 1 to 200.");
            RuleFor(r => r.Text).MaximumLength(200).WithMessage("Look for at most 200 characters.");
        }
    }

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, SensitiveReads reads)
    {
        public async Task<Outcome<Page<SubscriberRow>>> HandleAsync(ListSubscribers request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Administer))
                return Denial.Of(actor, Permission.Administer);
            if (new Validator().Validate(request) is { IsValid: false } wrong)
                return Refusal.Invalid(wrong.Errors[0].PropertyName, wrong.Errors[0].ErrorMessage);
            await using var db = await contexts.CreateDbContextAsync(ct);
            if (await db.StatusPages.AsNoTracking().SingleOrDefaultAsync(p => p.Slug == request.StatusPage && p.ArchivedAt == null, ct) is not { } page)
                return Refusal.NotFound($"The status page \"{request.StatusPage}\"");
            await reads.RecordAsync(actor, "status_subscribers.read", "status_page", page.Id, page.Title, ct);
            var found = db.StatusSubscribers.AsNoTracking().Where(s => s.StatusPageId == page.Id);
            if (!string.IsNullOrWhiteSpace(request.Text))
            {
                var pattern = TextSearch.Contains(request.Text);
                found = found.Where(s => EF.Functions.ILike(s.Address, pattern, "\\"));
            }
            var rows = await found.OrderBy(s => s.Address).Skip((request.Page - 1) * request.Size).Take(request.Size)
                .Select(s => new SubscriberRow(
                    s.Id, s.Address, s.AskedAt, s.ConfirmedAt, db.SubscriberMails.Where(m => m.SubscriberId == s.Id && m.UpdateId != null).Max(m => m.SentAt),
                    db.SubscriberMails.Where(m => m.SubscriberId == s.Id && m.State == NotificationState.Failed).OrderByDescending(m => m.CreatedAt).Select(m => m.LastError).FirstOrDefault()))
                .ToListAsync(ct);
            return new Page<SubscriberRow>(rows, await found.CountAsync(ct), request.Page, request.Size);
        }
    }
}
