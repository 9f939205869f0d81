namespace SloPortal.Domain.Measurement.Files;

/// <summary>
/// A source whose rows come in files: the SLI that they count for and what their columns mean. A row counts once for each feed, whatever
/// file brings it.
/// </summary>
public sealed class FileFeed
{
    private FileFeed() { }

    public FileFeed(int sourceId, int sliId, RowMapping mapping, string? folder)
    {
        SourceId = sourceId;
        SliId = sliId;
        Mapping = mapping;
        Folder = folder;
    }

    public int SourceId { get; private set; }
    public int SliId { get; private set; }
    public RowMapping Mapping { get; private set; } = null!;

    /// <summary>The watched folder, below the root that the installation names; null for files that people bring.</summary>
    public string? Folder { get; private set; }

    /// <summary>What was counted before stays as it is.</summary>
    public void Map(RowMapping mapping) => Mapping = mapping;

    public void Watch(string? folder) => Folder = folder;
}
