using System.Buffers.Text;
using System.Text.Json;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using MimeKit;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Escalation;

namespace SloPortal.Application.Incidents.Escalation.Contacts;

/// <summary>Adds a way by which the actor is called.</summary>
/// <param name="Address">A mail address, or a web address; null for push.</param>
/// <param name="Push">The subscription of a browser; null for other ways.</param>
/// <param name="Name">As people call it: "Phone". Null makes one of the address.</param>
/// <param name="DelayMinutes">So long after the page.</param>
public sealed record AddContactMethod(ContactChannel Channel, string? Address = null, int DelayMinutes = 0, PushSubscriptionGiven? Push = null, string? Name = null)
{
    public const int Most = 20;

    public sealed class Validator : AbstractValidator<AddContactMethod>
    {
        public Validator()
        {
            RuleFor(r => r.Channel).Must(c => Enum.IsDefined(c) && c != ContactChannel.Portal).WithMessage("A way is mail, push, webhook, slack, teams or mattermost. Notices in the portal come by themselves.");
            RuleFor(r => r.DelayMinutes).InclusiveBetween(0, ContactMethod.MostDelay).WithMessage($"A way waits 0 to {ContactMethod.MostDelay} minutes.");
            RuleFor(r => r.Address).Must(a => a is { Length: <= 254 } && MailboxAddress.TryParse(a, out var mailbox) && mailbox.Address == a.Trim() && a.Contains('@', StringComparison.Ordinal))
                .When(r => r.Channel == ContactChannel.Mail).WithMessage("Give one mail address, for example me@example.com.");
            RuleFor(r => r.Address!).Must(ValidationRules.IsWebAddress).When(r => r.Channel is ContactChannel.Webhook or ContactChannel.Slack or ContactChannel.Teams or ContactChannel.Mattermost)
                .WithMessage("Give the address of the webhook; it begins with https:// or http://.");
            RuleFor(r => r.Address).MaximumLength(2000).WithMessage("An address has at most 2,000 characters.");
            RuleFor(r => r.Push).Must(p => p is not null && ValidationRules.IsWebAddress(p.Endpoint) && p.Endpoint.Length <= 2000 && IsKey(p.P256dh, 65) && IsKey(p.Auth, 16))
                .When(r => r.Channel == ContactChannel.Push).WithMessage("The browser gave no usable subscription. Allow notifications in it, and try again.");
            RuleFor(r => r.Name).MaximumLength(100).WithMessage("A name has at most 100 characters.");
        }

        private static bool IsKey(string? text, int bytes)
        {
            try
            {
                return text is { Length: > 0 and <= 100 } && Base64Url.DecodeFromChars(text.TrimEnd('=')).Length == bytes;
            }
            catch (FormatException)
            {
                return false;
            }
        }
    }

    public sealed class Handler(UnitOfWork work, ContactSecrets secrets)
    {
        public Task<Outcome<Guid>> HandleAsync(AddContactMethod request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<AddContactMethod, Guid>(request, actor, Permission.ManageOwnAccount, async change =>
            {
                if (await change.Db.ContactMethods.CountAsync(c => c.PersonId == actor.PersonId && c.RemovedAt == null, ct) >= Most)
                    return Refusal.Conflict($"You have {Most} ways already. Remove one that you do not use.");
                var address = request.Channel == ContactChannel.Push ? JsonSerializer.Serialize(request.Push, PortalJson.Options) : request.Address!.Trim();
                var way = new ContactMethod(Guid.CreateVersion7(change.Now), actor.PersonId, request.Channel, secrets.Protect(address)!, Hint(request), request.DelayMinutes, change.Now);
                change.Db.ContactMethods.Add(way);
                change.Audit("contact_method.added", "person", actor.PersonId, actor.Name, new { way.Channel, way.Hint, way.DelayMinutes });
                change.Publish("contacts/" + actor.PersonId);
                return way.Id;
            }, ct);

        /// <summary>The path of a webhook is often its password, so only its host is shown.</summary>
        private static string Hint(AddContactMethod request) =>
            !string.IsNullOrWhiteSpace(request.Name) ? request.Name.Trim() : request.Channel switch
            {
                ContactChannel.Mail => request.Address!.Trim(),
                ContactChannel.Push => new Uri(request.Push!.Endpoint).Host,
                _ => new Uri(request.Address!.Trim()).Authority,
            };
    }
}
