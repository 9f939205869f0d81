using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Reviews.Writing;

namespace SloPortal.Application.Reviews.Writing;

/// <summary>
/// Tells the others who have the editor open that somebody is there too. Said again every <see cref="Every"/>; it goes through the live
/// notices of all portals and is kept nowhere.
/// </summary>
/// <param name="Visit">Of one open editor.</param>
/// <param name="Leaves">The editor is being closed.</param>
public sealed record SayEditing(int Number, Guid Visit, bool Leaves = false)
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    /// <summary>Who has not been heard of for so long has gone.</summary>
    public static readonly TimeSpan GoneAfter = TimeSpan.FromSeconds(25);

    public static string Topic(Guid postmortemId) => $"editing/{postmortemId}/";

    /// <summary>What a notice says; null for one of another kind.</summary>
    public static (Guid Visit, bool Leaves, string Name)? Read(string topic)
    {
        ArgumentNullException.ThrowIfNull(topic);
        return topic.Split('/', 5) is ["editing", _, var visit, var word, var name] && Guid.TryParse(visit, out var id) ? (id, word == "leaves", name) : null;
    }

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<Done>> HandleAsync(SayEditing request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Respond))
                return Denial.Of(actor, Permission.Respond);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var id = await db.PostmortemsFor(actor).Where(p => p.Number == request.Number).Select(p => (Guid?)p.Id).SingleOrDefaultAsync(ct);
            if (id is null)
                return Refusal.NotFound(Postmortem.CodeOf(request.Number));
            await PortalEvents.PublishAsync(db, [$"{Topic(id.Value)}{request.Visit}/{(request.Leaves ? "leaves" : "here")}/{actor.Name}"], ct);
            return Done.Value;
        }
    }
}
