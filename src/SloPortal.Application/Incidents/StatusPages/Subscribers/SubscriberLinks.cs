using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using SloPortal.Application.Common;

namespace SloPortal.Application.Incidents.StatusPages.Subscribers;

/// <summary>What a link in a mail to a subscriber is for; one is worth nothing as another.</summary>
public enum SubscriberLink
{
    Confirm,
    Unsubscribe,
}

/// <summary>
/// The links in mails to subscribers. A link holds whose it is, encrypted and signed with the portal's keys, so that it cannot be made or changed
/// elsewhere. It ends with what it leads to: a question that is not answered in time is forgotten, and whoever left is too.
/// </summary>
public sealed class SubscriberLinks(IDataProtectionProvider provider, IOptions<PortalSettings> portal, Mailer mailer)
{
    private readonly IDataProtector confirm = provider.CreateProtector("SloPortal.SubscriberLinks.Confirm");
    private readonly IDataProtector unsubscribe = provider.CreateProtector("SloPortal.SubscriberLinks.Unsubscribe");

    /// <summary>Why nobody can subscribe by mail; null where they can.</summary>
    public string? WhyNoMail =>
        !mailer.IsConfigured ? "No mail server is configured, so nobody can subscribe by mail. Set Smtp__Host." :
        string.IsNullOrEmpty(portal.Value.PublicUrl) ? "The portal does not know its own address for links in mails, so nobody can subscribe by mail. Set Portal__PublicUrl." : null;

    /// <param name="slug">Of the page.</param>
    /// <param name="key">The secret in the page's link; null where none is needed.</param>
    public string Of(SubscriberLink link, string slug, string? key, Guid subscriber) =>
        $"{Page(slug)}/{link.ToString().ToLowerInvariant()}/{Base64Url.EncodeToString(ProtectorOf(link).Protect(subscriber.ToByteArray()))}{StatusPageAddresses.Query(key)}";

    /// <param name="story">Id of what the page tells.</param>
    public string Of(string slug, string? key, Guid story) => $"{Page(slug)}{StatusPageAddresses.Query(key)}#{story:N}";

    /// <returns>The subscriber; null for a link that was changed, is for something else, or is not from here.</returns>
    public Guid? Read(SubscriberLink link, string token)
    {
        try
        {
            return new Guid(ProtectorOf(link).Unprotect(Base64Url.DecodeFromChars(token)));
        }
        catch (Exception e) when (e is CryptographicException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private string Page(string slug) => portal.Value.PublicUrl!.TrimEnd('/') + StatusPageAddresses.Of(slug);

    private IDataProtector ProtectorOf(SubscriberLink link) => link switch
    {
        SubscriberLink.Confirm => confirm,
        SubscriberLink.Unsubscribe => unsubscribe,
        _ => throw new ArgumentOutOfRangeException(nameof(link), link, null),
    };
}
