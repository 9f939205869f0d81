namespace SloPortal.Application.Measurement.Ingest.Otlp;

/// <summary>What of a resource is part of its series: the service, with its namespace, as the job, and its instance.</summary>
internal sealed class OtlpResource : IDisposable
{
    public PooledBytes Job { get; } = new(256);

    public PooledBytes Instance { get; } = new(256);

    /// <summary>It is not read; its points are refused one by one.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Reads a resource in place of the present one. False when its attributes cannot be read.</summary>
    public bool TryRead(ReadOnlySpan<byte> data, ByteRange resource, int mostBytes)
    {
        Job.Clear();
        Instance.Clear();
        IsTooLong = false;
        ByteRange? service = null, space = null, instance = null;
        var reader = new ProtoReader(data, resource);
        while (reader.TryNext(out var field, out var wire))
        {
            if (field != 1 || wire != ProtoReader.Bytes)
            {
                reader.Skip();
                continue;
            }

            if (!OtlpAttribute.TryRead(data, reader.ReadBytes(), out var pair))
            {
                return false;
            }

            var key = pair.Key.Of(data);
            if (key.SequenceEqual("service.name"u8))
            {
                service ??= pair.Value;
            }
            else if (key.SequenceEqual("service.namespace"u8))
            {
                space ??= pair.Value;
            }
            else if (key.SequenceEqual("service.instance.id"u8))
            {
                instance ??= pair.Value;
            }
        }

        IsTooLong = Length(service) + Length(space) + Length(instance) > mostBytes;
        if (IsTooLong)
        {
            return !reader.Failed;
        }

        if (reader.Failed || (service is not null && space is { } before && !AttributeText.TryAdd(Job, data, before)))
        {
            return false;
        }

        if (service is not null && space is not null)
        {
            Job.Add((byte)'/');
        }

        return (service is not { } name || AttributeText.TryAdd(Job, data, name)) && (instance is not { } id || AttributeText.TryAdd(Instance, data, id));

        int Length(ByteRange? value) => Math.Min(value?.Length ?? 0, mostBytes + 1);
    }

    public void Dispose()
    {
        Job.Dispose();
        Instance.Dispose();
    }
}
