using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace SloPortal.Application.Measurement.Ingest.Otlp;

/// <summary>
/// The value of an attribute as text, as the collector writes it: strings as they are, numbers in the fewest digits, bytes in base64, arrays and maps as
/// JSON. An <c>AnyValue</c> has <c>string_value = 1</c>, <c>bool_value = 2</c>, <c>int_value = 3</c>, <c>double_value = 4</c>,
/// <c>array_value = 5</c>, <c>kvlist_value = 6</c> and <c>bytes_value = 7</c>.
/// </summary>
internal static class AttributeText
{
    private const int MaxDepth = 16;

    /// <summary>Writes the text. False when the value cannot be read.</summary>
    public static bool TryAdd(PooledBytes to, ReadOnlySpan<byte> data, ByteRange value)
    {
        if (!TryRead(data, value, out var field, out var content, out var bits))
        {
            return false;
        }

        switch (field)
        {
            case 0:
                return true;
            case 1:
                to.Add(content.Of(data));
                return true;
            case 2:
                to.Add(bits != 0 ? "true"u8 : "false"u8);
                return true;
            case 3:
                ((long)bits).TryFormat(to.Room(20), out var written, provider: CultureInfo.InvariantCulture);
                to.Advance(written);
                return true;
            case 4:
                to.Add(Encoding.UTF8.GetBytes(TextOf(BitConverter.UInt64BitsToDouble(bits))));
                return true;
            case 7:
                to.Add(Encoding.UTF8.GetBytes(Convert.ToBase64String(content.Of(data))));
                return true;
            default:
                if (!TryNode(data, value, MaxDepth, out var node))
                {
                    return false;
                }

                to.Add(Encoding.UTF8.GetBytes(node!.ToJsonString()));
                return true;
        }
    }

    /// <summary>The field that is set, which is the last one that stands there; 0 when there is none.</summary>
    private static bool TryRead(ReadOnlySpan<byte> data, ByteRange value, out int field, out ByteRange content, out ulong bits)
    {
        (field, content, bits) = (0, default, 0);
        var reader = new ProtoReader(data, value);
        while (reader.TryNext(out var next, out var wire))
        {
            switch (next, wire)
            {
                case (5 or 6, ProtoReader.Bytes) when field == next:
                    // To put the two together is nobody's wish.
                    return false;
                case (1 or 5 or 6 or 7, ProtoReader.Bytes):
                    (field, content) = (next, reader.ReadBytes());
                    break;
                case (2 or 3, ProtoReader.Varint):
                    (field, bits) = (next, reader.ReadVarint());
                    break;
                case (4, ProtoReader.Fixed64):
                    (field, bits) = (next, reader.ReadFixed64());
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return !reader.Failed;
    }

    private static bool TryNode(ReadOnlySpan<byte> data, ByteRange value, int depth, out JsonNode? node)
    {
        node = null;
        if (depth == 0 || !TryRead(data, value, out var field, out var content, out var bits))
        {
            return false;
        }

        node = field switch
        {
            1 => Encoding.UTF8.GetString(content.Of(data)),
            2 => bits != 0,
            3 => (long)bits,
            4 when double.IsFinite(BitConverter.UInt64BitsToDouble(bits)) => BitConverter.UInt64BitsToDouble(bits),
            4 => TextOf(BitConverter.UInt64BitsToDouble(bits)),
            7 => Convert.ToBase64String(content.Of(data)),
            _ => null,
        };
        return field switch
        {
            5 => TryArray(data, content, depth, out node),
            6 => TryMap(data, content, depth, out node),
            _ => true,
        };
    }

    private static bool TryArray(ReadOnlySpan<byte> data, ByteRange array, int depth, out JsonNode? node)
    {
        var items = new JsonArray();
        node = items;
        var reader = new ProtoReader(data, array);
        while (reader.TryNext(out var field, out var wire))
        {
            if (field != 1 || wire != ProtoReader.Bytes)
            {
                reader.Skip();
                continue;
            }

            if (!TryNode(data, reader.ReadBytes(), depth - 1, out var item))
            {
                return false;
            }

            items.Add(item);
        }

        return !reader.Failed;
    }

    private static bool TryMap(ReadOnlySpan<byte> data, ByteRange map, int depth, out JsonNode? node)
    {
        var values = new JsonObject();
        node = values;
        var reader = new ProtoReader(data, map);
        while (reader.TryNext(out var field, out var wire))
        {
            if (field != 1 || wire != ProtoReader.Bytes)
            {
                reader.Skip();
                continue;
            }

            JsonNode? item = null;
            if (!OtlpAttribute.TryRead(data, reader.ReadBytes(), out var pair) || (pair.Value is { } given && !TryNode(data, given, depth - 1, out item)))
            {
                return false;
            }

            values[Encoding.UTF8.GetString(pair.Key.Of(data))] = item;
        }

        return !reader.Failed;
    }

    /// <summary>As JSON writes a number.</summary>
    private static string TextOf(double value) => Math.Abs(value) is 0 or (>= 1e-6 and < 1e21) || !double.IsFinite(value)
        ? PlainNumber.Of(value)
        : value.ToString("R", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal).Replace("e-0", "e-", StringComparison.Ordinal);
}

/// <summary>An attribute: <c>key = 1</c>, <c>value = 2</c>.</summary>
internal readonly record struct OtlpAttribute(ByteRange Key, ByteRange? Value)
{
    /// <summary>False when it cannot be read, and when it has two values.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, ByteRange range, out OtlpAttribute pair)
    {
        ByteRange key = default;
        ByteRange? value = null;
        var reader = new ProtoReader(data, range);
        while (reader.TryNext(out var field, out var wire))
        {
            switch (field, wire)
            {
                case (1, ProtoReader.Bytes):
                    key = reader.ReadBytes();
                    break;
                case (2, ProtoReader.Bytes) when value is null:
                    value = reader.ReadBytes();
                    break;
                case (2, ProtoReader.Bytes):
                    pair = default;
                    return false;
                default:
                    reader.Skip();
                    break;
            }
        }

        pair = new OtlpAttribute(key, value);
        return !reader.Failed;
    }
}
