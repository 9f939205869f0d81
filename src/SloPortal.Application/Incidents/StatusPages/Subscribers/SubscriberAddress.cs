using System.Globalization;
using System.Net.Mail;
using SloPortal.Domain.Incidents.StatusPages;

namespace SloPortal.Application.Incidents.StatusPages.Subscribers;

/// <summary>One mail address in the one way in which it is kept, so that it subscribes once however it is written.</summary>
internal static class SubscriberAddress
{
    private static readonly IdnMapping Domains = new();

    /// <returns>In lower case, its domain as the name service has it; null for what is no address, or one with a name beside it.</returns>
    public static string? Of(string? given)
    {
        var text = given?.Trim() ?? "";
        if (text.Length > StatusSubscriber.LongestAddress || text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is '"' or '<' or '>' or ',' or ';')
            || !MailAddress.TryCreate(text, out var parsed) || parsed.Address != text || !parsed.Host.Contains('.', StringComparison.Ordinal))
        {
            return null;
        }
        try
        {
            var address = $"{parsed.User}@{Domains.GetAscii(parsed.Host)}".ToLowerInvariant();
            return address.Length <= StatusSubscriber.LongestAddress ? address : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
