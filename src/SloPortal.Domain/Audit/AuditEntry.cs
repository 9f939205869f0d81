using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SloPortal.Domain.Access;

namespace SloPortal.Domain.Audit;

/// <summary>
/// One change or one sensitive read. Append-only: the database refuses UPDATE and DELETE. Each entry carries the hash of the one
/// before it, so that a removed or altered entry breaks the chain at its place.
/// </summary>
public sealed class AuditEntry
{
    public long Number { get; init; }

    /// <summary>UTC, microseconds.</summary>
    public DateTimeOffset RecordedAt { get; init; }

    public ActorKind ActorKind { get; init; }
    public Guid ActorId { get; init; }
    public string ActorName { get; init; } = "";

    /// <summary>What was done, subject first: "service.created".</summary>
    public string Action { get; init; } = "";

    public string SubjectKind { get; init; } = "";
    public string SubjectId { get; init; } = "";
    public string SubjectName { get; init; } = "";

    /// <summary>JSON, kept as the exact text that was hashed.</summary>
    public string Details { get; init; } = "{}";

    public byte[] PreviousHash { get; init; } = [];
    public byte[] Hash { get; init; } = [];

    /// <summary>
    /// SHA-256 over every field in order, each preceded by its length in UTF-8 bytes, so that no two different entries
    /// hash the same text.
    /// </summary>
    public byte[] ComputeHash()
    {
        var text = new StringBuilder();
        Append(Convert.ToHexString(PreviousHash));
        Append(Number.ToString(CultureInfo.InvariantCulture));
        Append(RecordedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffff", CultureInfo.InvariantCulture));
        Append(ActorKind.ToString());
        Append(ActorId.ToString("N"));
        Append(ActorName);
        Append(Action);
        Append(SubjectKind);
        Append(SubjectId);
        Append(SubjectName);
        Append(Details);
        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));

        void Append(string field) => text.Append(Encoding.UTF8.GetByteCount(field)).Append(':').Append(field);
    }
}
