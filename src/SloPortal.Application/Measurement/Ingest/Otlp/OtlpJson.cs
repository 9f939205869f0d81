using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SloPortal.Application.Measurement.Ingest.Otlp;

/// <summary>
/// Translates the JSON of OTLP (proto3's mapping to JSON, with enums as numbers) into Protocol Buffers, so that both are counted by the same code.
/// Numbers of 64 bits may be strings or numbers. Properties that are not read are passed over.
/// </summary>
internal static class OtlpJson
{
    private const int LengthBytes = 5;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = 64, CommentHandling = JsonCommentHandling.Disallow };

    /// <summary>Writes the message. Null when all was read.</summary>
    public static WriteProblem? Translate(ReadOnlySpan<byte> json, PooledBytes to, WriteLimits limits)
    {
        var reader = new Utf8JsonReader(json, Options);
        try
        {
            if (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                TranslateObject(ref reader, OtlpMessage.Request, to, limits.MaxDecompressedBytes);
                return reader.Read() ? Malformed(reader.TokenStartIndex) : null;
            }
        }
        catch (Exception e) when (e is JsonException or FormatException or OverflowException or InvalidOperationException)
        {
            // Not JSON, a value of another kind, or text that is no text.
        }
        catch (InsufficientMemoryException)
        {
            return new WriteProblem(WriteFault.TooLarge, $"The body holds more than {limits.MaxDecompressedBytes} bytes of metrics; export fewer points at once.");
        }

        return Malformed(reader.TokenStartIndex);
    }

    private static WriteProblem Malformed(long at) =>
        new(WriteFault.Malformed, $"The body is not an ExportMetricsServiceRequest in JSON: it cannot be read near byte {at}.");

    private static void TranslateObject(ref Utf8JsonReader reader, OtlpMessage message, PooledBytes to, int limit)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var field = FieldOf(ref reader, message);
            reader.Read();
            if (field is null)
            {
                reader.Skip();
            }
            else if (reader.TokenType == JsonTokenType.Null)
            {
                continue;
            }
            else if (!field.Repeated)
            {
                Translate(ref reader, field, to, limit);
            }
            else if (reader.TokenType == JsonTokenType.StartArray)
            {
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    Translate(ref reader, field, to, limit);
                }
            }
            else
            {
                throw new FormatException();
            }
        }
    }

    private static OtlpField? FieldOf(ref Utf8JsonReader reader, OtlpMessage message)
    {
        foreach (var field in message.Fields)
        {
            if (reader.ValueTextEquals(field.Utf8Name))
            {
                return field;
            }
        }

        return null;
    }

    private static void Translate(ref Utf8JsonReader reader, OtlpField field, PooledBytes to, int limit)
    {
        // A short name and an empty value can make more bytes than there are in the body.
        if (to.Length > limit)
        {
            throw new InsufficientMemoryException();
        }

        switch (field.Kind)
        {
            case FieldKind.Message when reader.TokenType == JsonTokenType.StartObject:
                AddTag(to, field, ProtoReader.Bytes);
                var at = to.Length;
                to.Room(LengthBytes);
                to.Advance(LengthBytes);
                TranslateObject(ref reader, field.Of!, to, limit);
                PutLength(to.Written[at..], to.Length - at - LengthBytes);
                break;
            case FieldKind.Text when reader.TokenType == JsonTokenType.String:
                AddTag(to, field, ProtoReader.Bytes);
                AddText(ref reader, to);
                break;
            case FieldKind.Base64 when reader.TokenType == JsonTokenType.String:
                var bytes = reader.GetBytesFromBase64();
                AddTag(to, field, ProtoReader.Bytes);
                to.AddVarint((ulong)bytes.Length);
                to.Add(bytes);
                break;
            case FieldKind.Bool when reader.TokenType is JsonTokenType.True or JsonTokenType.False:
                AddTag(to, field, ProtoReader.Varint);
                to.Add(reader.TokenType == JsonTokenType.True ? (byte)1 : (byte)0);
                break;
            case FieldKind.Int64:
                AddTag(to, field, ProtoReader.Varint);
                to.AddVarint((ulong)Signed(ref reader));
                break;
            case FieldKind.UInt64:
                AddTag(to, field, ProtoReader.Varint);
                to.AddVarint(Unsigned(ref reader));
                break;
            case FieldKind.SInt32:
                AddTag(to, field, ProtoReader.Varint);
                to.AddVarint(VarInt.ZigZag(checked((int)Signed(ref reader))));
                break;
            case FieldKind.Temporality:
                AddTag(to, field, ProtoReader.Varint);
                to.AddVarint(TemporalityOf(ref reader));
                break;
            case FieldKind.Fixed64:
                AddTag(to, field, ProtoReader.Fixed64);
                AddFixed(to, Unsigned(ref reader));
                break;
            case FieldKind.SFixed64:
                AddTag(to, field, ProtoReader.Fixed64);
                AddFixed(to, (ulong)Signed(ref reader));
                break;
            case FieldKind.Double:
                AddTag(to, field, ProtoReader.Fixed64);
                AddFixed(to, BitConverter.DoubleToUInt64Bits(Number(ref reader)));
                break;
            default:
                throw new FormatException();
        }
    }

    private static void AddTag(PooledBytes to, OtlpField field, int wire) => to.AddVarint((ulong)((field.Number << 3) | wire));

    private static void AddFixed(PooledBytes to, ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(to.Room(sizeof(ulong)), value);
        to.Advance(sizeof(ulong));
    }

    /// <summary>The length comes before what it is the length of, so it is written with room to spare.</summary>
    private static void PutLength(Span<byte> at, int length)
    {
        for (var i = 0; i < LengthBytes; i++, length >>= 7)
        {
            at[i] = (byte)((length & 0x7F) | (i < LengthBytes - 1 ? 0x80 : 0));
        }
    }

    private static void AddText(ref Utf8JsonReader reader, PooledBytes to)
    {
        var at = to.Length;
        to.Room(LengthBytes + reader.ValueSpan.Length);
        to.Advance(LengthBytes);
        // What is written for a character is never longer than the character.
        var length = reader.CopyString(to.Room(reader.ValueSpan.Length));
        to.Advance(length);
        PutLength(to.Written[at..], length);
    }

    private static ulong TemporalityOf(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String when reader.ValueTextEquals("AGGREGATION_TEMPORALITY_DELTA"u8) => 1,
        JsonTokenType.String when reader.ValueTextEquals("AGGREGATION_TEMPORALITY_CUMULATIVE"u8) => 2,
        JsonTokenType.String => 0,
        _ => Unsigned(ref reader),
    };

    private static long Signed(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.String
        ? long.Parse(reader.GetString()!, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
        : reader.TryGetInt64(out var value) ? value : throw new FormatException();

    private static ulong Unsigned(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.String
        ? ulong.Parse(reader.GetString()!, NumberStyles.None, CultureInfo.InvariantCulture)
        : reader.TryGetUInt64(out var value) ? value : throw new FormatException();

    private static double Number(ref Utf8JsonReader reader) => reader.TokenType != JsonTokenType.String
        ? reader.GetDouble()
        : reader.GetString() switch
        {
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            var text => double.Parse(text!, NumberStyles.Float, CultureInfo.InvariantCulture),
        };
}
