using SloPortal.Application.Audit;

namespace SloPortal.Web.Audit;

/// <summary>The filter as the address of the page and the HTTP API have it.</summary>
internal sealed record AuditQuery(string? Actor, string? Action, string? Subject, string? Text, DateTimeOffset? From, DateTimeOffset? To)
{
    public AuditFilter ToFilter() => new(Actor, Action, Subject, Text, From, To);
}
