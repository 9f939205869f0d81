using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SloPortal.Domain.Common;

/// <summary>
/// SHA-256 over fields in their order, each preceded by its length in UTF-8 bytes, so that no two different lists of fields hash the
/// same text.
/// </summary>
public sealed class FieldHash
{
    private readonly StringBuilder text = new();

    public FieldHash Add(string field)
    {
        ArgumentNullException.ThrowIfNull(field);
        text.Append(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(field)}:{field}");
        return this;
    }

    public FieldHash Add(long number) => Add(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>In UTC, to the microsecond.</summary>
    public FieldHash Add(DateTimeOffset instant) => Add(instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffff", CultureInfo.InvariantCulture));

    public FieldHash Add(Guid id) => Add(id.ToString("N"));

    /// <summary>Empty where there is none.</summary>
    public FieldHash Add(Guid? id) => Add(id?.ToString("N") ?? "");

    public FieldHash Add(byte[] hash) => Add(Convert.ToHexString(hash));

    public byte[] Compute() => SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
}
