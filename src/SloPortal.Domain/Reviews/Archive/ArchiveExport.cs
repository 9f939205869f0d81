namespace SloPortal.Domain.Reviews.Archive;

public enum ExportState
{
    Waiting,
    Running,
    Done,
    Failed,
}

/// <summary>A signed copy of a part of the archive, made in the background.</summary>
public sealed class ArchiveExport
{
    /// <summary>So long its file can be fetched; then it is asked for anew. Product policy.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    private ArchiveExport() { }

    public ArchiveExport(Guid id, string filter, Guid requestedBy, DateTimeOffset requestedAt)
    {
        Id = id;
        Filter = filter;
        RequestedBy = requestedBy;
        RequestedAt = requestedAt;
    }

    public Guid Id { get; private set; }

    /// <summary>What was asked for, as JSON.</summary>
    public string Filter { get; private set; } = "{}";

    public Guid RequestedBy { get; private set; }
    public DateTimeOffset RequestedAt { get; private set; }
    public ExportState State { get; private set; }

    /// <summary>Postmortems written so far, and in all.</summary>
    public int Written { get; private set; }
    public int Total { get; private set; }

    /// <summary>Another portal may take it over when this has passed.</summary>
    public DateTimeOffset? ClaimedUntil { get; private set; }

    public DateTimeOffset? FinishedAt { get; private set; }

    /// <summary>Bytes of the file.</summary>
    public long Size { get; private set; }

    /// <summary>Of the whole file.</summary>
    public byte[]? Sha256 { get; private set; }

    /// <summary>A sentence about why it failed.</summary>
    public string? Problem { get; private set; }

    public void Claim(DateTimeOffset until)
    {
        State = ExportState.Running;
        ClaimedUntil = until;
        Written = 0;
    }

    public void Report(int written, int total, DateTimeOffset claimedUntil)
    {
        Written = written;
        Total = total;
        ClaimedUntil = claimedUntil;
    }

    public void Finish(long size, byte[] sha256, DateTimeOffset now)
    {
        State = ExportState.Done;
        Size = size;
        Sha256 = sha256;
        FinishedAt = now;
    }

    public void Fail(string problem, DateTimeOffset now)
    {
        State = ExportState.Failed;
        Problem = problem;
        FinishedAt = now;
    }

    public bool IsKeptAt(DateTimeOffset now) => State == ExportState.Done && FinishedAt + KeptFor > now;
}

/// <summary>A piece of an export's file.</summary>
public sealed record ArchiveExportPart(Guid ExportId, int Number, byte[] Content);
