using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Access.Notices;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents.OnCall;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Escalation.Quiet;

namespace SloPortal.Application.Incidents.Escalation.Quiet;

/// <summary>Tells before a silence ends whoever planned it and whoever is on call for the team then, with what still fires and will be decided anew.</summary>
public sealed class TellSilences(UnitOfWork work, IDbContextFactory<PortalDbContext> contexts) : IPass
{
    private static readonly Actor Pager = Actor.System("pager");

    public string Name => "tell-silences";

    public TimeSpan Every => TimeSpan.FromSeconds(30);

    public async Task RunAsync(DateTimeOffset now, CancellationToken ct)
    {
        List<Guid> due;
        await using (var db = await contexts.CreateDbContextAsync(ct))
            due = await db.Silences.Where(s => s.TellAt <= now).OrderBy(s => s.TellAt).Select(s => s.Id).ToListAsync(ct);
        foreach (var id in due)
            await work.ChangeAsync<TellSilences, Done>(this, Pager, Permission.Respond, change => TellAsync(change, id, ct), ct);
    }

    private static async Task<Outcome<Done>> TellAsync(Change change, Guid id, CancellationToken ct)
    {
        var silence = await change.Db.Silences.SingleAsync(s => s.Id == id, ct);
        if (silence.TellAt is not { } at || at > change.Now)
            return Refusal.Conflict("It was told already.");
        silence.Told();
        // Where the portal was away until after the end there is nothing to tell any more: what fires calls.
        if (silence.StateAt(change.Now) == SilenceState.Over)
        {
            change.Audit("silence.told_too_late", "silence", silence.Id, silence.Reason, new { silence.EndsAt });
            return Done.Value;
        }
        var service = silence.ServiceId is { } about ? await change.Db.Services.Where(s => s.Id == about).Select(s => s.Name).SingleAsync(ct) : null;
        var firing = (await SilenceToChange.FiringAsync(change.Db, silence, ct)).Count;
        change.Tell(
            await ConcernedAsync(change.Db, silence, ct),
            $"The silence of {SilenceToChange.Words(silence, service)} ends at {silence.EndsAt:HH:mm} UTC. {Firing(firing)}", SilenceAddresses.Of(silence.Id), byMail: true);
        change.Audit("silence.told", "silence", silence.Id, silence.Reason, new { silence.EndsAt, Firing = firing });
        return Done.Value;
    }

    private static async Task<List<Guid>> ConcernedAsync(PortalDbContext db, Silence silence, CancellationToken ct)
    {
        var schedules = await db.Schedules.Where(s => s.TeamId == silence.TeamId && s.ArchivedAt == null).Select(s => s.Id).ToListAsync(ct);
        var onCall = await OnCallPeople.AtAsync(db, schedules, silence.EndsAt, ct);
        return [.. onCall.Values.SelectMany(p => p).Append(silence.PlannedBy ?? Guid.Empty).Where(p => p != Guid.Empty).Distinct()];
    }

    private static string Firing(int count) => count switch
    {
        0 => "Nothing that it covers fires now.",
        1 => "One signal that it covers fires still, and is decided anew then.",
        _ => $"{count} signals that it covers fire still, and are decided anew then.",
    };
}
