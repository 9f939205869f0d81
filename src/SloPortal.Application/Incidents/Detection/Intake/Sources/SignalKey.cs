using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace SloPortal.Application.Incidents.Detection.Intake.Sources;

/// <summary>
/// The key of a signal source: a prefix that secret scanners can look for, and 256 random bits in lower-case base32. Mail systems may change
/// the case of an address, so capitals are taken for small letters; with "signals+" before it, a key is just not longer than the 64
/// characters that the part before the @ may have (RFC 5321, 4.5.3.1.1).
/// </summary>
public static class SignalKey
{
    public const string Prefix = "sig_";

    /// <summary>52 characters of base32 hold 256 bits and 4 to spare.</summary>
    public const int Length = 56;

    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    private static readonly SearchValues<char> Characters = SearchValues.Create(Alphabet);

    public static string Generate()
    {
        Span<byte> random = stackalloc byte[32];
        RandomNumberGenerator.Fill(random);
        var text = new StringBuilder(Prefix, Length);
        var (buffer, bits) = (0, 0);
        foreach (var octet in random)
        {
            buffer = ((buffer << 8) | octet) & 0xFFFF;
            bits += 8;
            for (; bits >= 5; bits -= 5)
                text.Append(Alphabet[(buffer >> (bits - 5)) & 31]);
        }
        return text.Append(Alphabet[(buffer << (5 - bits)) & 31]).ToString();
    }

    /// <summary>The key as it is hashed; null for what cannot be one.</summary>
    public static string? Read(string? text)
    {
        var key = text?.Trim().ToLowerInvariant();
        return key is { Length: Length } && key.StartsWith(Prefix, StringComparison.Ordinal) && key.AsSpan(Prefix.Length).IndexOfAnyExcept(Characters) < 0 ? key : null;
    }

    public static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>Enough to tell keys apart, too little to help a guess.</summary>
    public static string HintOf(string key) => key[..8];
}
