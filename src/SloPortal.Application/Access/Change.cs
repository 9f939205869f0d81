using System.Text.Json;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;

namespace SloPortal.Application.Access;

/// <summary>What a handler works with inside <see cref="UnitOfWork"/>: the context, who acts, when, and what is to be recorded.</summary>
public sealed class Change(PortalDbContext db, Actor actor, DateTimeOffset now)
{
    private readonly List<PendingAuditEntry> entries = [];
    private readonly HashSet<string> topics = [];

    public PortalDbContext Db => db;

    public Actor Actor => actor;

    /// <summary>Read once for the whole change.</summary>
    public DateTimeOffset Now => now;

    internal IReadOnlyList<PendingAuditEntry> Entries => entries;

    internal IReadOnlyCollection<string> Topics => topics;

    /// <summary>Records what is done, in the transaction that does it. Never put a secret in <paramref name="details"/>.</summary>
    /// <param name="action">Subject first: "service.created".</param>
    /// <param name="subjectKind">"service".</param>
    /// <param name="subjectId">Its id.</param>
    /// <param name="subjectName">Its name as people know it at this moment.</param>
    /// <param name="details">What changed; serialised as JSON.</param>
    public void Audit(string action, string subjectKind, object subjectId, string subjectName, object? details = null) =>
        entries.Add(new PendingAuditEntry(action, subjectKind, subjectId.ToString() ?? "", subjectName,
            details is null ? "{}" : JsonSerializer.Serialize(details, PortalJson.Options)));

    /// <summary>Wakes every page, on every portal, that watches the topic, once this commits.</summary>
    public void Publish(string topic) => topics.Add(topic);
}
