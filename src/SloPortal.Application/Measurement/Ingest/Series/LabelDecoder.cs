using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Ingest.Series;

/// <summary>
/// Reads the encoded labels of a series that is not known yet. The texts that come first, such as names, are made once and used again.
/// Belongs to the one writer: not safe for several threads.
/// </summary>
internal sealed class LabelDecoder(LabelLimits limits)
{
    private const int MostShared = 4096;
    private const int LongestShared = 100;

    private readonly HashSet<string> _shared = new(StringComparer.Ordinal);
    private readonly List<KeyValuePair<string, string>> _labels = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>Reads repeated field 1 of a <c>TimeSeries</c>, or gives the reason why the series is refused.</summary>
    public bool TryDecode(ReadOnlySpan<byte> encoded, [NotNullWhen(true)] out LabelSet? labels, out SampleRefusal refusal)
    {
        labels = null;
        refusal = encoded.Length > limits.MaxBytes ? SampleRefusal.LabelsTooLong : Read(encoded);
        if (refusal == SampleRefusal.None && !_labels.Exists(l => l.Key == LabelSet.MetricNameLabel && l.Value.Length > 0))
        {
            refusal = SampleRefusal.NoMetricName;
        }

        if (refusal != SampleRefusal.None)
        {
            return false;
        }

        labels = IsSorted() ? LabelSet.OfSorted([.. _labels]) : LabelSet.Of(_labels);
        return true;
    }

    /// <summary>Something that a person can read of labels that cannot be decoded, or are too long.</summary>
    public static string Lossy(ReadOnlySpan<byte> encoded)
    {
        var text = Encoding.UTF8.GetString(encoded[..Math.Min(encoded.Length, SourceTally.ExampleLength)]).ToCharArray();
        return new string(Array.ConvertAll(text, c => char.IsControl(c) ? ' ' : c));
    }

    /// <summary>Applies the same limits to labels that came another way, such as a pull.</summary>
    public SampleRefusal Judge(LabelSet labels)
    {
        if (labels.MetricName.Length == 0)
        {
            return SampleRefusal.NoMetricName;
        }

        var total = 0;
        foreach (var (name, value) in labels.Labels)
        {
            var (nameBytes, valueBytes) = (Encoding.UTF8.GetByteCount(name), Encoding.UTF8.GetByteCount(value));
            total += nameBytes + valueBytes;
            if (nameBytes > limits.MaxNameBytes || valueBytes > limits.MaxValueBytes)
            {
                return SampleRefusal.LabelsTooLong;
            }

            if (name.Contains('\0', StringComparison.Ordinal) || value.Contains('\0', StringComparison.Ordinal))
            {
                return SampleRefusal.LabelEncoding;
            }
        }

        return labels.Labels.Count > limits.MaxLabels || total > limits.MaxBytes ? SampleRefusal.LabelsTooLong : SampleRefusal.None;
    }

    private SampleRefusal Read(ReadOnlySpan<byte> encoded)
    {
        _labels.Clear();
        _names.Clear();
        var at = 0;
        while (at < encoded.Length)
        {
            // The scanner has checked the outer fields: each is field 1 with a length that fits.
            if (!VarInt.TryRead(encoded, ref at, out _) || !VarInt.TryRead(encoded, ref at, out var length))
            {
                return SampleRefusal.LabelEncoding;
            }

            var label = encoded.Slice(at, (int)length);
            at += (int)length;
            var refusal = ReadLabel(label);
            if (refusal != SampleRefusal.None)
            {
                return refusal;
            }
        }

        return SampleRefusal.None;
    }

    private SampleRefusal ReadLabel(ReadOnlySpan<byte> label)
    {
        ReadOnlySpan<byte> name = default, value = default;
        var at = 0;
        while (at < label.Length)
        {
            if (!VarInt.TryRead(label, ref at, out var tag)
                || tag is not (0x0A or 0x12)
                || !VarInt.TryRead(label, ref at, out var length)
                || length > (ulong)(label.Length - at))
            {
                return SampleRefusal.LabelEncoding;
            }

            if (tag == 0x0A)
            {
                name = label.Slice(at, (int)length);
            }
            else
            {
                value = label.Slice(at, (int)length);
            }

            at += (int)length;
        }

        if (name.Length > limits.MaxNameBytes || value.Length > limits.MaxValueBytes || _labels.Count == limits.MaxLabels)
        {
            return SampleRefusal.LabelsTooLong;
        }

        if (!IsText(name) || !IsText(value))
        {
            return SampleRefusal.LabelEncoding;
        }

        var nameText = TextOf(name);
        if (nameText.Length == 0 || !_names.Add(nameText))
        {
            return SampleRefusal.BadLabelName;
        }

        _labels.Add(KeyValuePair.Create(nameText, TextOf(value)));
        return SampleRefusal.None;
    }

    // PostgreSQL keeps no zero characters in text.
    private static bool IsText(ReadOnlySpan<byte> bytes) => Utf8.IsValid(bytes) && !bytes.Contains((byte)0);

    /// <summary>As senders should write them: in the order of their names, each once, and none without a value.</summary>
    private bool IsSorted()
    {
        for (var i = 0; i < _labels.Count; i++)
        {
            if (_labels[i].Value.Length == 0 || (i > 0 && string.CompareOrdinal(_labels[i - 1].Key, _labels[i].Key) >= 0))
            {
                return false;
            }
        }

        return true;
    }

    private string TextOf(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > LongestShared)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        Span<char> text = stackalloc char[LongestShared];
        text = text[..Encoding.UTF8.GetChars(utf8, text)];
        if (_shared.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out var known))
        {
            return known;
        }

        var made = new string(text);
        if (_shared.Count < MostShared)
        {
            _shared.Add(made);
        }

        return made;
    }
}
