using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace SloPortal.Application.Access;

/// <summary>The text of an API token: a prefix that secret scanners can look for, and 256 random bits in base64url.</summary>
public static class TokenText
{
    public const string Prefix = "slop_";

    /// <summary>43 characters of base64url hold 32 bytes.</summary>
    public const int Length = 48;

    private static readonly SearchValues<char> Base64UrlCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public static string Generate() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static bool IsWellFormed(string? text) =>
        text is { Length: Length } && text.StartsWith(Prefix, StringComparison.Ordinal)
        && text.AsSpan(Prefix.Length).IndexOfAnyExcept(Base64UrlCharacters) < 0;

    /// <summary>Enough to tell tokens apart, too little to help a guess.</summary>
    public static string HintOf(string text) => text[..9];
}
