namespace SloPortal.Domain.Incidents.Response;

/// <summary>A file that belongs to an incident: a screenshot, a log. It is never replaced; another upload is another file.</summary>
public sealed class Attachment
{
    private Attachment() { }

    public Attachment(Guid id, Guid incidentId, string fileName, string contentType, byte[] content, byte[] sha256, Guid addedBy, DateTimeOffset addedAt)
    {
        ArgumentNullException.ThrowIfNull(content);
        Id = id;
        IncidentId = incidentId;
        FileName = fileName;
        ContentType = contentType;
        Content = content;
        Size = content.Length;
        Sha256 = sha256;
        AddedBy = addedBy;
        AddedAt = addedAt;
    }

    public Guid Id { get; private set; }
    public Guid IncidentId { get; private set; }

    /// <summary>A name without path parts.</summary>
    public string FileName { get; private set; } = "";

    public string ContentType { get; private set; } = "";

    /// <summary>Bytes.</summary>
    public int Size { get; private set; }

    public byte[] Content { get; private set; } = [];
    public byte[] Sha256 { get; private set; } = [];
    public Guid AddedBy { get; private set; }
    public DateTimeOffset AddedAt { get; private set; }
}
