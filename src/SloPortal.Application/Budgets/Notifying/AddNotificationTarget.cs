using FluentValidation;
using MimeKit;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Budgets.Notifying;

/// <summary>Adds a place where a team is told about burn alerts.</summary>
/// <param name="Secret">Signs the body of a webhook; null or empty signs nothing.</param>
public sealed record AddNotificationTarget(string Team, NotificationChannel Channel, string Address, AlertSeverity MinimumSeverity, string? Secret = null)
{
    public sealed class Validator : AbstractValidator<AddNotificationTarget>
    {
        public Validator()
        {
            RuleFor(r => r.Channel).IsInEnum().WithMessage("A channel is mail or webhook.");
            RuleFor(r => r.MinimumSeverity).IsInEnum().WithMessage("The lowest severity is ticket or page.");
            RuleFor(r => r.Address).Must(ValidationRules.IsWebAddress).When(r => r.Channel == NotificationChannel.Webhook)
                .WithMessage("Give the address of the webhook; it begins with https:// or http://.");
            RuleFor(r => r.Address).Must(a => a is { Length: <= 254 } && MailboxAddress.TryParse(a, out var mailbox) && mailbox.Address == a.Trim() && a.Contains('@', StringComparison.Ordinal))
                .When(r => r.Channel == NotificationChannel.Mail).WithMessage("Give one mail address, for example on-call@example.com.");
            RuleFor(r => r.Secret).MaximumLength(200).WithMessage("A secret has at most 200 characters.");
            RuleFor(r => r.Secret).Empty().When(r => r.Channel == NotificationChannel.Mail).WithMessage("Only webhooks are signed.");
        }
    }

    public sealed class Handler(UnitOfWork work, TargetSecrets secrets)
    {
        public Task<Outcome<Guid>> HandleAsync(AddNotificationTarget request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<AddNotificationTarget, Guid>(request, actor, Permission.OwnServices, async change =>
            {
                var found = await TargetToChange.TeamAsync(change.Db, request.Team, actor, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var target = new NotificationTarget(
                    Guid.CreateVersion7(change.Now), found.Value.Id, request.Channel, request.Address.Trim(), request.MinimumSeverity, change.Now);
                target.SignWith(secrets.Protect(request.Secret));
                change.Db.NotificationTargets.Add(target);
                change.Audit("notification_target.added", "team", found.Value.Id, found.Value.Name,
                    new { request.Channel, Address = ListNotificationTargets.Masked(target), request.MinimumSeverity, signed = target.ProtectedSecret is not null });
                change.Publish("teams");
                return target.Id;
            }, ct);
    }
}
