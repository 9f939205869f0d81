using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Incidents.Escalation.Paging;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Escalation;

namespace SloPortal.Application.Incidents.Escalation.Answering;

/// <summary>What every answer to a page does.</summary>
internal static class PageToAnswer
{
    public static async Task<Outcome<Page>> FindAsync(Change change, int number, CancellationToken ct) =>
        await change.Db.Pages.SingleOrDefaultAsync(p => p.Number == number, ct) is { } page ? page : Refusal.NotFound($"Page {number}");

    /// <summary>Stops the calling, and says on the page who has it.</summary>
    /// <param name="by">Null where nobody is known.</param>
    public static async Task<Outcome<Done>> AcknowledgeAsync(Change change, Page page, Guid by, string name, AcknowledgedVia via, CancellationToken ct)
    {
        if (page.State == PageState.Resolved)
            return Refusal.Conflict($"Page {page.Number} is over: {page.ResolvedBecause}");
        // Saying twice that one has it is no mistake; taking it from somebody who has it is none either, but their name stays.
        if (page.State == PageState.Acknowledged)
            return page.AcknowledgedBy == by ? Done.Value : Refusal.Conflict($"{page.AcknowledgedByName} has it since {page.AcknowledgedAt:HH:mm} UTC. Nobody else is called.");
        var called = await change.Db.PageMessages.AnyAsync(m => m.PageId == page.Id && m.PersonId == by, ct);
        var role = called ? AcknowledgedAs.Paged : AcknowledgedAs.SomeoneElse;
        page.Acknowledge(by, name, role, via, change.Now);
        await MessagesOfEnded.CancelAsync(change.Db, [page.Id], ct);
        change.Db.PageEvents.Add(new PageEvent(page.Id, change.Now, $"{name} has it{(called ? "" : ", without having been called")}{Way(via)}. Nobody else is called."));
        change.Audit("page.acknowledged", "page", page.Id, page.Title, new { page.Number, By = by, As = role, Via = via });
        change.Publish(PageAddresses.Topic);
        return Done.Value;
    }

    private static string Way(AcknowledgedVia via) => via switch
    {
        AcknowledgedVia.Link => ", by the link of a message",
        AcknowledgedVia.Push => ", from a notification",
        AcknowledgedVia.Api => ", over HTTP",
        AcknowledgedVia.Portal or AcknowledgedVia.Source => "",
        _ => throw new ArgumentOutOfRangeException(nameof(via), via, null),
    };
}
