using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Access.Notices;
using SloPortal.Domain.Common;
using SloPortal.Domain.Reviews.Writing;

namespace SloPortal.Application.Reviews.Writing;

/// <summary>What every change of a postmortem begins and ends with.</summary>
internal static class PostmortemChange
{
    /// <summary>The postmortem, held until the change ends: whoever saves at the same moment comes after, and merges.</summary>
    public static async Task<Outcome<Postmortem>> FindPostmortemAsync(this Change change, int number, CancellationToken ct)
    {
        var found = await change.Db.PostmortemsFor(change.Actor).Where(p => p.Number == number).Select(p => new { p.Id }).SingleOrDefaultAsync(ct);
        if (found is null)
            return Refusal.NotFound(Postmortem.CodeOf(number));
        await change.Db.Database.ExecuteSqlAsync($"SELECT FROM postmortems WHERE id = {found.Id} FOR UPDATE", ct);
        return await change.Db.Postmortems.Include(p => p.Services).Include(p => p.Factors).SingleAsync(p => p.Id == found.Id, ct);
    }

    /// <summary>Records what was done, and wakes the pages that show it.</summary>
    public static void Record(this Change change, Postmortem postmortem, string action, object? details = null)
    {
        change.Audit($"postmortem.{action}", "postmortem", postmortem.Id, postmortem.Code, details);
        change.Publish("postmortems");
        change.Publish(Topic(postmortem.Id));
    }

    /// <summary>Tells all who wrote, commented or held a role in the incident, and may see it; not the one who acts.</summary>
    public static async Task TellTheOthersAsync(this Change change, Postmortem postmortem, string text, CancellationToken ct)
    {
        var writers = change.Db.PostmortemRevisions.Where(r => r.PostmortemId == postmortem.Id).Select(r => r.AuthorId);
        var commenters = change.Db.PostmortemComments.Where(c => c.PostmortemId == postmortem.Id).Select(c => c.AuthorId);
        var responders = change.Db.Incidents.Where(i => i.Id == postmortem.IncidentId).SelectMany(i => i.Roles).Select(r => r.PersonId);
        var people = await change.Db.Users
            .Where(p => p.DisabledAt == null && p.Id != change.Actor.PersonId && (writers.Contains(p.Id) || commenters.Contains(p.Id) || responders.Contains(p.Id)))
            .Where(p => !change.Db.Incidents.Any(i => i.Id == postmortem.IncidentId && i.IsRestricted && i.Readers.All(r => r.PersonId != p.Id)))
            .Select(p => p.Id).ToListAsync(ct);
        change.Tell(people, text, Address(postmortem.Number));
    }

    /// <summary>Puts what somebody says beside the text.</summary>
    public static PostmortemComment Say(this Change change, Postmortem postmortem, string body, string? quote = null)
    {
        var comment = new PostmortemComment(
            Guid.CreateVersion7(change.Now), postmortem.Id, body.Trim(), string.IsNullOrWhiteSpace(quote) ? null : quote.Trim(), change.Actor.PersonId, change.Actor.Name, change.Now);
        change.Db.PostmortemComments.Add(comment);
        return comment;
    }

    public static string Address(int number) => $"/reviews/{number}";

    public static string Topic(Guid postmortemId) => $"postmortem/{postmortemId}";
}
