namespace SloPortal.Domain.Measurement.Files;

public enum FileRunState
{
    /// <summary>The file is here, and its mapping is being chosen.</summary>
    Draft,
    Waiting,
    Running,
    Done,
    Failed,
}

/// <summary>One file on its way into the counts.</summary>
public sealed class FileRun
{
    /// <summary>A draft that nobody goes on with is forgotten after so long.</summary>
    public static readonly TimeSpan DraftKept = TimeSpan.FromDays(1);

    private FileRun() { }

    public FileRun(Guid id, int sliId, string name, Guid by, string byName, DateTimeOffset now)
    {
        Id = id;
        SliId = sliId;
        Name = name;
        StartedBy = by;
        StartedByName = byName;
        CreatedAt = now;
    }

    public Guid Id { get; private set; }
    public int SliId { get; private set; }

    /// <summary>Null while it is a draft of a new feed.</summary>
    public int? SourceId { get; private set; }

    /// <summary>Of the file.</summary>
    public string Name { get; private set; } = "";
    public FileRunState State { get; private set; }
    public Guid StartedBy { get; private set; }
    public string StartedByName { get; private set; } = "";
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Bytes of the file.</summary>
    public long Size { get; private set; }

    /// <summary>SHA-256 of the file.</summary>
    public byte[]? ContentHash { get; private set; }

    /// <summary>Where the file stands, when it is in a watched folder; else its bytes are stored with the run.</summary>
    public string? Path { get; private set; }

    /// <summary>When a file of a watched folder was last written, as it was read.</summary>
    public DateTimeOffset? ModifiedAt { get; private set; }

    /// <summary>What the columns mean in this run.</summary>
    public RowMapping? Mapping { get; private set; }

    /// <summary>Rows that are done with; a run that was interrupted goes on after them.</summary>
    public long RowsRead { get; private set; }
    public long Kept { get; private set; }
    public long Duplicates { get; private set; }
    public long Refused { get; private set; }
    public long PassedOver { get; private set; }

    /// <summary>Good and all events of the rows that were kept.</summary>
    public double Good { get; private set; }
    public double Total { get; private set; }

    /// <summary>A sentence about why it failed.</summary>
    public string? Problem { get; private set; }

    public bool IsOver => State is FileRunState.Done or FileRunState.Failed;

    public void Arrive(long size, byte[] contentHash) => (Size, ContentHash) = (size, contentHash);

    /// <summary>The file is in a watched folder; rows that an earlier run of it has done are skipped.</summary>
    public void Follow(string path, DateTimeOffset modifiedAt, long size, byte[] contentHash, long rowsDone) => (Path, ModifiedAt, Size, ContentHash, RowsRead) = (path, modifiedAt, size, contentHash, rowsDone);

    public void Propose(int? sourceId, RowMapping mapping) => (SourceId, Mapping) = (sourceId, mapping);

    public void Start(int sourceId, RowMapping mapping) => (SourceId, Mapping, State) = (sourceId, mapping, FileRunState.Waiting);

    public void End(string? problem, DateTimeOffset now)
    {
        State = problem is null ? FileRunState.Done : FileRunState.Failed;
        Problem = problem;
        EndedAt = now;
    }
}

/// <summary>A piece of an uploaded file.</summary>
public sealed record FileRunPart(Guid RunId, int Number, byte[] Content);

/// <summary>A row that was not taken.</summary>
/// <param name="Line">From one.</param>
public sealed record RefusedRow(Guid RunId, long Line, string Reason, string Text);
