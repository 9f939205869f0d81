using System.Threading.Channels;

namespace SloPortal.Application.Measurement.Ingest.Writing;

/// <summary>What waits for the writer, bounded by requests and by samples.</summary>
internal sealed class IngestQueue(IngestSettings settings)
{
    private readonly Channel<IngestRequest> _requests = Channel.CreateBounded<IngestRequest>(
        new BoundedChannelOptions(settings.QueuedRequests) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private Task<bool>? _waiting;
    private long _samples;

    /// <summary>Whether nothing more is taken at the moment.</summary>
    public bool IsFull => Volatile.Read(ref _samples) >= settings.QueuedSamples;

    /// <summary>False when it is full or closed.</summary>
    public bool TryAdd(IngestRequest request)
    {
        var waiting = Interlocked.Add(ref _samples, request.SampleCount);
        if ((waiting > settings.QueuedSamples && waiting > request.SampleCount) || !_requests.Writer.TryWrite(request))
        {
            Interlocked.Add(ref _samples, -request.SampleCount);
            return false;
        }

        IngestMetrics.Queue(+1);
        return true;
    }

    /// <summary>Waits until something is there. False when nothing came for so long.</summary>
    public async Task<bool> WaitAsync(TimeSpan patience, CancellationToken ct)
    {
        if (_requests.Reader.TryPeek(out _))
        {
            return true;
        }

        // A wait that was given up is taken up again, so that idle hours leave no heap of them.
        _waiting ??= _requests.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
        try
        {
            await _waiting.WaitAsync(patience, ct);
            _waiting = null;
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Takes what waits, up to about so many samples.</summary>
    public void Take(List<IngestRequest> into, int samples)
    {
        while (samples > 0 && _requests.Reader.TryRead(out var request))
        {
            into.Add(request);
            samples -= request.SampleCount;
            Interlocked.Add(ref _samples, -request.SampleCount);
            IngestMetrics.Queue(-1);
        }
    }

    /// <summary>Answers everything that waits.</summary>
    public void AnswerAll(IngestAnswer answer)
    {
        var waiting = new List<IngestRequest>();
        Take(waiting, int.MaxValue);
        waiting.ForEach(r => r.Answer(answer));
    }

    /// <summary>Takes nothing more.</summary>
    public void Close() => _requests.Writer.TryComplete();
}
