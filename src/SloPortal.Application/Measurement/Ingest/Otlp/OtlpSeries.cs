using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Ingest.Otlp;

/// <summary>
/// Makes the series of a request: says first the resource, then the metric, then the point, then adds what the point counts. Labels are those
/// that the OTLP receiver of Prometheus gives in its usual setting: the attributes of the point, <c>job</c> from the name and namespace of the service,
/// <c>instance</c> from its instance id. Other attributes of the resource and the scope are not part of a series.
/// </summary>
internal sealed class OtlpSeries(DecodedWrite into, WriteLimits limits) : IDisposable
{
    // Far more than the table takes, so that it is the one that refuses; a point with more of them is refused here, before it costs anything.
    private const int MaxAttributes = 256;
    private const int MaxAttributeBytes = 64 * 1024;

    // A histogram repeats its labels for each bound.
    private const int LabelsPerByte = 4;

    private readonly OtlpResource _resource = new();
    private readonly PooledBytes _metric = new(256);
    private readonly PooledBytes _names = new(1024);
    private readonly PooledBytes _values = new(1024);
    private readonly PooledBytes _labels = new(1024);
    private readonly PooledBytes _name = new(256);
    private readonly List<(ByteRange Name, ByteRange Value)> _attributes = [];
    private readonly List<OtlpAttribute> _pairs = [];
    private bool _delta;

    /// <summary>Whether the request holds more than is taken.</summary>
    public bool TooMany { get; private set; }

    /// <summary>Which point it is, from 1.</summary>
    public int Point { get; private set; }

    /// <summary>Begins a resource. False when its attributes cannot be read.</summary>
    public bool TryResource(ReadOnlySpan<byte> data, ByteRange resource) => _resource.TryRead(data, resource, MaxAttributeBytes);

    /// <summary>Begins a metric.</summary>
    public void Metric(ReadOnlySpan<byte> name, ReadOnlySpan<byte> unit, MetricShape shape, bool delta)
    {
        _metric.Clear();
        PrometheusNames.AddMetric(_metric, name, unit, shape);
        _delta = delta;
    }

    /// <summary>Begins a point without reading it, to refuse it.</summary>
    public void RefusePoint(SampleRefusal reason)
    {
        Point++;
        into.Refuse(reason, Point);
    }

    /// <summary>Begins a point.</summary>
    /// <param name="data">The request.</param>
    /// <param name="point">The point.</param>
    /// <param name="attributesField">The field with its attributes.</param>
    /// <param name="own">A label of the metric's own, which an attribute cannot have; empty for none.</param>
    /// <param name="taken">False when it was refused.</param>
    /// <returns>False when the point cannot be read.</returns>
    public bool TryPoint(ReadOnlySpan<byte> data, ByteRange point, int attributesField, ReadOnlySpan<byte> own, out bool taken)
    {
        taken = false;
        Point++;
        _pairs.Clear();
        var bytes = 0;
        var reader = new ProtoReader(data, point);
        while (reader.TryNext(out var field, out var wire))
        {
            if (field != attributesField || wire != ProtoReader.Bytes)
            {
                reader.Skip();
                continue;
            }

            var range = reader.ReadBytes();
            if (!OtlpAttribute.TryRead(data, range, out var pair))
            {
                return false;
            }

            bytes += range.Length;
            if (_pairs.Count < MaxAttributes)
            {
                _pairs.Add(pair);
            }
            else
            {
                bytes = int.MaxValue / 2;
            }
        }

        if (reader.Failed)
        {
            return false;
        }

        if (bytes > MaxAttributeBytes || _resource.IsTooLong)
        {
            into.Refuse(SampleRefusal.LabelsTooLong, Point);
            return true;
        }

        taken = true;
        return TryAttributes(data, own);
    }

    /// <summary>Refuses something of the present point.</summary>
    public void Refuse(SampleRefusal reason) => into.Refuse(reason, Point);

    /// <summary>Adds a sample of the present point. Nothing when there are too many.</summary>
    /// <param name="suffix">What stands behind the name of the metric.</param>
    /// <param name="own">The name of a label of its own; empty for none.</param>
    /// <param name="value">The value of that label.</param>
    /// <param name="sample">The sample.</param>
    /// <param name="start">Since when it is a running total; 0 where that is not known or it is none.</param>
    public void Add(ReadOnlySpan<byte> suffix, ReadOnlySpan<byte> own, ReadOnlySpan<byte> value, RawSample sample, long start = 0)
    {
        if (into.SampleCount == limits.MaxSamples || into.LabelBytes > (long)limits.MaxDecompressedBytes * LabelsPerByte)
        {
            TooMany = true;
            return;
        }

        _name.Clear();
        if (_metric.Length > 0)
        {
            _values.Clear();
            _values.Add(_metric.Written);
            _values.Add(suffix);
            _name.AddLabel("__name__"u8, _values.Written);
        }

        if (own.Length > 0)
        {
            _name.AddLabel(own, value);
        }

        var at = into.Append(_name.Written);
        into.Append(_labels.Written);
        var length = into.LabelBytes - at;
        into.Add(new SeriesSlot(into.KeyOf(at, length), at, length, into.SampleCount, 1, _delta ? 0 : start, Point));
        into.Add(sample);
    }

    public void Dispose()
    {
        _resource.Dispose();
        foreach (var bytes in (ReadOnlySpan<PooledBytes>)[_metric, _names, _values, _labels, _name])
        {
            bytes.Dispose();
        }
    }

    private bool TryAttributes(ReadOnlySpan<byte> data, ReadOnlySpan<byte> own)
    {
        if (!TryAttributes(data, own, merge: false, out var collided))
        {
            return false;
        }

        if (collided)
        {
            // Attributes whose names become the same label are put together, in the order of their keys.
            SortByKey(data);
            TryAttributes(data, own, merge: true, out _);
        }

        _labels.Clear();
        if (_delta)
        {
            _labels.AddLabel("__temporality__"u8, "delta"u8);
        }

        foreach (var (name, value) in _attributes)
        {
            _labels.AddLabel(_names.Written[name.Start..name.End], _values.Written[value.Start..value.End]);
        }

        if (_resource.Instance.Length > 0)
        {
            _labels.AddLabel("instance"u8, _resource.Instance.Written);
        }

        if (_resource.Job.Length > 0)
        {
            _labels.AddLabel("job"u8, _resource.Job.Written);
        }

        return true;
    }

    private bool TryAttributes(ReadOnlySpan<byte> data, ReadOnlySpan<byte> own, bool merge, out bool collided)
    {
        collided = false;
        _names.Clear();
        _values.Clear();
        _attributes.Clear();
        foreach (var pair in _pairs)
        {
            var (nameAt, valueAt) = (_names.Length, _values.Length);
            PrometheusNames.AddLabel(_names, pair.Key.Of(data));
            if (pair.Value is { } value && !AttributeText.TryAdd(_values, data, value))
            {
                return false;
            }

            var name = new ByteRange(nameAt, _names.Length);
            if (IsReserved(_names.Written[nameAt..], own))
            {
                continue;
            }

            var text = new ByteRange(valueAt, _values.Length);
            var known = Find(name);
            if (known < 0)
            {
                _attributes.Add((name, text));
            }
            else if (merge)
            {
                _attributes[known] = (_attributes[known].Name, Join(_attributes[known].Value, text));
            }
            else
            {
                collided = true;
                return true;
            }
        }

        return true;
    }

    // A span cannot be used in a comparison; there are few pairs, and this is rare.
    private void SortByKey(ReadOnlySpan<byte> data)
    {
        for (var i = 1; i < _pairs.Count; i++)
        {
            for (var j = i; j > 0 && _pairs[j - 1].Key.Of(data).SequenceCompareTo(_pairs[j].Key.Of(data)) > 0; j--)
            {
                (_pairs[j - 1], _pairs[j]) = (_pairs[j], _pairs[j - 1]);
            }
        }
    }

    private ByteRange Join(ByteRange first, ByteRange second)
    {
        var at = _values.Length;
        _values.Room(first.Length + 1 + second.Length);
        _values.Add(_values.Written[first.Start..first.End]);
        _values.Add((byte)';');
        _values.Add(_values.Written[second.Start..second.End]);
        return new ByteRange(at, _values.Length);
    }

    private int Find(ByteRange name)
    {
        var names = _names.Written;
        for (var i = 0; i < _attributes.Count; i++)
        {
            if (names[_attributes[i].Name.Start.._attributes[i].Name.End].SequenceEqual(names[name.Start..name.End]))
            {
                return i;
            }
        }

        return -1;
    }

    private bool IsReserved(ReadOnlySpan<byte> name, ReadOnlySpan<byte> own) =>
        name.SequenceEqual("__name__"u8) || name.SequenceEqual("__temporality__"u8) || (own.Length > 0 && name.SequenceEqual(own))
        || (_resource.Job.Length > 0 && name.SequenceEqual("job"u8)) || (_resource.Instance.Length > 0 && name.SequenceEqual("instance"u8));
}
