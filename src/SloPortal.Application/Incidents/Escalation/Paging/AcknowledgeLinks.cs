using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using SloPortal.Application.Common;

namespace SloPortal.Application.Incidents.Escalation.Paging;

/// <summary>
/// The link in a message with which its receiver takes the page without signing in. It holds which message it came with and when it ends,
/// encrypted and signed with the portal's keys, so that it cannot be made or changed elsewhere; nothing of it is stored.
/// </summary>
public sealed class AcknowledgeLinks(IDataProtectionProvider provider, IOptions<PortalSettings> portal)
{
    /// <summary>A page that is older has been answered or given up. Product policy.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(24);

    private readonly ITimeLimitedDataProtector protector = provider.CreateProtector("SloPortal.AcknowledgeLinks").ToTimeLimitedDataProtector();

    /// <returns>Null where the portal does not know the address under which people reach it.</returns>
    public string? Of(Guid message) => portal.Value.PublicUrl is { Length: > 0 } url ? $"{url.TrimEnd('/')}/answer/{Token(message)}" : null;

    public string Token(Guid message) => Base64Url(protector.Protect(message.ToByteArray(), Lasts));

    /// <returns>The message; null for a link that was changed, is not from here, or has ended.</returns>
    public Guid? Read(string token)
    {
        try
        {
            return new Guid(protector.Unprotect(FromBase64Url(token)));
        }
        catch (Exception e) when (e is CryptographicException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static string Base64Url(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    private static byte[] FromBase64Url(string text) => System.Buffers.Text.Base64Url.DecodeFromChars(text);
}
