using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using MimeKit;
using SloPortal.Application.Incidents.StatusPages.Subscribers;
using SloPortal.Application.Tests.Budgets;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.StatusPages;
using static SloPortal.Application.Tests.Incidents.IncidentWorld;

namespace SloPortal.Application.Tests.Incidents.StatusPages;

/// <summary>Subscribers of a status page, with the real mail server beside them.</summary>
internal static class SubscriberWorld
{
    public const string Reader = "reader@example.org";

    /// <summary>Of a portal that sends mail by this server.</summary>
    public static (string, string)[] Settings(MailServer server) => [.. server.Settings, ("Portal:PublicUrl", "https://slo.example.com/")];

    public static Task<Outcome<string>> AskAsync(this IncidentWorld world, string? address = Reader, string page = "shop", string? key = null) =>
        world.Get<SubscribeByMail.Handler>().HandleAsync(new(page, key, address), Ct);

    public static Task MailAsync(this IncidentWorld world) => world.Portal.Pass<MailSubscribers>().RunAsync(world.Now, Ct);

    /// <summary>Subscribes and confirms by the link in the mail.</summary>
    public static async Task SubscribeAsync(this IncidentWorld world, MailServer server, string address = Reader, string page = "shop", string? key = null)
    {
        (await world.AskAsync(address, page, key)).Require();
        await world.MailAsync();
        (await world.ConfirmAsync(TokenIn((await server.ToAsync(address, 1))[0], "confirm"), page, key)).Require();
    }

    public static Task<Outcome<LinkedSubscription>> ConfirmAsync(this IncidentWorld world, string token, string page = "shop", string? key = null) =>
        world.Get<ConfirmSubscription.Handler>().HandleAsync(new(token, page, key), Ct);

    public static Task<Outcome<LinkedSubscription>> EndAsync(this IncidentWorld world, string token) => world.Get<EndSubscription.Handler>().HandleAsync(new(token, "shop"), Ct);

    /// <summary>The mails to an address, once there are so many.</summary>
    public static async Task<IReadOnlyList<MimeMessage>> ToAsync(this MailServer server, string address, int count)
    {
        while (true)
        {
            var mails = server.Mails.Where(m => m.To.Mailboxes.Any(t => t.Address == address)).ToList();
            if (mails.Count >= count)
                return mails;
            await Task.Delay(20, Ct);
        }
    }

    public static string TokenIn(MimeMessage mail, string link) => Regex.Match(mail.TextBody!, $"https://slo.example.com/status/[a-z]+/{link}/([A-Za-z0-9_-]+)").Groups[1].Value;

    public static async Task<IReadOnlyList<SubscriberMail>> MailsAsync(this IncidentWorld world)
    {
        await using var db = await world.Portal.ContextAsync();
        return await db.SubscriberMails.AsNoTracking().Where(m => m.UpdateId != null).OrderBy(m => m.CreatedAt).ToListAsync(Ct);
    }

    public static async Task<IReadOnlyList<StatusSubscriber>> SubscribersAsync(this IncidentWorld world)
    {
        await using var db = await world.Portal.ContextAsync();
        return await db.StatusSubscribers.AsNoTracking().OrderBy(s => s.Address).ToListAsync(Ct);
    }
}
