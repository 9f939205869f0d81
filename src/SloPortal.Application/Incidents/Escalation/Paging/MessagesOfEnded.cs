using Microsoft.EntityFrameworkCore;
using SloPortal.Data;
using SloPortal.Domain.Incidents.Escalation;

namespace SloPortal.Application.Incidents.Escalation.Paging;

internal static class MessagesOfEnded
{
    /// <summary>Whoever has a page, or once it is over, nobody is called about it any more: what waits is not sent.</summary>
    public static Task CancelAsync(PortalDbContext db, IReadOnlyCollection<Guid> pages, CancellationToken ct) =>
        pages.Count == 0 ? Task.CompletedTask
            : db.PageMessages.Where(m => pages.Contains(m.PageId) && m.State == PageMessageState.Waiting).ExecuteUpdateAsync(s => s.SetProperty(m => m.State, PageMessageState.Cancelled), ct);
}
