using SloPortal.Application.Audit;

namespace SloPortal.Web.Audit;

/// <summary>The filter as the address of the page and the HTTP API have it.</summary>
internal sealed record AuditQuery
{
    public string? Actor { get; init; }
    public string? Action { get; init; }
    public string? Subject { get; init; }
    public string? Text { get; init; }
    public DateTimeOffset? From { get; init; }
    public DateTimeOffset? To { get; init; }

    public AuditFilter ToFilter() => new(Actor, Action, Subject, Text, From, To);
}
