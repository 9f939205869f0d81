using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Common;
using SloPortal.Domain.Audit;

namespace SloPortal.Application.Audit;

/// <summary>Which entries of the audit to read; what is null or empty does not narrow.</summary>
/// <param name="Actor">Text in the actor's name, or the actor's id.</param>
/// <param name="Action">Begins with: "team" finds "team.created" and all others of teams.</param>
/// <param name="Subject">Text in the subject's name, its id, or its kind.</param>
/// <param name="Text">Text anywhere in the details.</param>
/// <param name="From">First instant.</param>
/// <param name="To">First instant after the range.</param>
public sealed record AuditFilter(
    string? Actor = null, string? Action = null, string? Subject = null, string? Text = null, DateTimeOffset? From = null, DateTimeOffset? To = null)
{
    internal IQueryable<AuditEntry> Apply(IQueryable<AuditEntry> entries)
    {
        if (!string.IsNullOrWhiteSpace(Actor))
        {
            var pattern = TextSearch.Contains(Actor);
            entries = Guid.TryParse(Actor.Trim(), out var id)
                ? entries.Where(e => e.ActorId == id)
                : entries.Where(e => EF.Functions.ILike(e.ActorName, pattern, "\\"));
        }
        if (!string.IsNullOrWhiteSpace(Action))
        {
            var pattern = TextSearch.Contains(Action)[1..];
            entries = entries.Where(e => EF.Functions.ILike(e.Action, pattern, "\\"));
        }
        if (!string.IsNullOrWhiteSpace(Subject))
        {
            var exact = Subject.Trim();
            var pattern = TextSearch.Contains(Subject);
            entries = entries.Where(e => e.SubjectId == exact || e.SubjectKind == exact || EF.Functions.ILike(e.SubjectName, pattern, "\\"));
        }
        if (!string.IsNullOrWhiteSpace(Text))
        {
            var pattern = TextSearch.Contains(Text);
            entries = entries.Where(e => EF.Functions.ILike(e.Details, pattern, "\\"));
        }
        if (From is { } from)
            entries = entries.Where(e => e.RecordedAt >= from.ToUniversalTime());
        if (To is { } to)
            entries = entries.Where(e => e.RecordedAt < to.ToUniversalTime());
        return entries;
    }
}
