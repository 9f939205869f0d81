namespace SloPortal.Application.Measurement.Pull;

/// <summary>Where pulled samples go: the same writer as those that are sent.</summary>
public interface IPulledSamples
{
    /// <summary>Returns when the samples are stored; throws when they may not be, and then they are pulled again.</summary>
    Task TakeAsync(int sourceId, IReadOnlyList<PulledSeries> series, CancellationToken ct);
}
