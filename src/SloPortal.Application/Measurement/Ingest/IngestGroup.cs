using System.Security.Cryptography;
using System.Text;
using SloPortal.Application.Measurement.Ingest.Log;
using SloPortal.Application.Measurement.Ingest.Series;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Ingest;

/// <summary>A series that was not stored before.</summary>
/// <param name="SeriesId">The number that it was given; the log and the checkpoints name it so.</param>
/// <param name="SourceId">The source that sends it.</param>
/// <param name="Labels">Its labels.</param>
public sealed record NewSeries(int SeriesId, int SourceId, LabelSet Labels)
{
    /// <summary>
    /// 16 bytes that stand for source and labels in the database, where they are unique. Cut from SHA-256, so that nobody can prepare
    /// labels whose insertion fails.
    /// </summary>
    /// <param name="json">The labels as they are stored.</param>
    public byte[] Identity(string json) => SHA256.HashData(Encoding.UTF8.GetBytes($"{SourceId} {json}"))[..16];
}

/// <summary>
/// What a group of requests changes: all of it is stored in one transaction. Used again for the next group after
/// <see cref="Clear"/>.
/// </summary>
public sealed class IngestGroup
{
    private readonly Dictionary<int, SourceTally> _tallies = [];

    /// <summary>The increases, for the minute tables.</summary>
    public MinuteAccumulator Minutes { get; } = new();

    /// <summary>The accepted samples, for the log.</summary>
    public IngestLogWriter Log { get; } = new();

    /// <summary>The series to be stored.</summary>
    public IList<NewSeries> NewSeries { get; } = new List<NewSeries>();

    /// <summary>The segments to be stored.</summary>
    public IList<NewSegment> NewSegments { get; } = new List<NewSegment>();

    /// <summary>The numbers of the series to be deleted.</summary>
    public IList<int> EvictedSeries { get; } = new List<int>();

    /// <summary>The counts by source.</summary>
    public IReadOnlyDictionary<int, SourceTally> Tallies => _tallies;

    /// <summary>The counts of one source.</summary>
    public SourceTally TallyOf(int sourceId)
    {
        if (!_tallies.TryGetValue(sourceId, out var tally))
        {
            _tallies.Add(sourceId, tally = new SourceTally());
        }

        return tally;
    }

    /// <summary>Empties it for the next group.</summary>
    public void Clear()
    {
        Minutes.Clear();
        Log.Clear();
        NewSeries.Clear();
        NewSegments.Clear();
        EvictedSeries.Clear();
        _tallies.Clear();
    }
}
