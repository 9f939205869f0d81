using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace SloPortal.Application.Access;

/// <summary>The secret part of an address that lets in whoever has it, such as an invitation: 256 random bits in base64url, kept as their hash.</summary>
internal static class LinkSecret
{
    public static string Generate() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
