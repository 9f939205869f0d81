using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SloPortal.Application.Measurement.Files.Reading;

/// <summary>
/// Names rows by what they say. Rows of one file that say the same are numbered, since two requests can leave the same line; in a file that
/// overlaps an earlier one the n-th of them is the n-th again. 16 bytes cut from SHA-256, so that nobody can prepare two rows with one name.
/// </summary>
internal sealed class RowKey
{
    private readonly Dictionary<Guid, int> seen = [];

    /// <summary>The name of the next row of the file with these values.</summary>
    public Guid Next(ReadOnlySpan<string> fields)
    {
        var content = Of(fields, 0);
        var before = seen.GetValueOrDefault(content);
        seen[content] = before + 1;
        return before == 0 ? content : Of(fields, before);
    }

    /// <summary>The name of a row that comes after so many of the same content.</summary>
    public static Guid Of(ReadOnlySpan<string> fields, int before)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[4];
        foreach (var field in fields)
        {
            // The length stands before each value, so that no two rows run into the same bytes.
            var bytes = Encoding.UTF8.GetBytes(field);
            BinaryPrimitives.WriteInt32LittleEndian(number, bytes.Length);
            hash.AppendData(number);
            hash.AppendData(bytes);
        }
        BinaryPrimitives.WriteInt32LittleEndian(number, before);
        hash.AppendData(number);
        Span<byte> whole = stackalloc byte[32];
        hash.GetHashAndReset(whole);
        return new Guid(whole[..16]);
    }
}
