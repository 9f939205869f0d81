using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Access.Notices;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents.OnCall;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Escalation;

namespace SloPortal.Application.Incidents.Escalation.Paging;

/// <summary>
/// Calls the next level of every page whose time has come, and says on the page whom, or why nobody. A level that reaches nobody does not
/// hold up the next; where all have passed, those who decide about incidents are told.
/// </summary>
public sealed class CallLevels : IPass, IDisposable
{
    private static readonly Actor Pager = Actor.System("pager");

    private readonly UnitOfWork work;
    private readonly IDbContextFactory<PortalDbContext> contexts;
    private readonly Mailer mailer;
    private readonly IDisposable subscription;
    private volatile bool woken = true;

    public CallLevels(UnitOfWork work, IDbContextFactory<PortalDbContext> contexts, Mailer mailer, PortalEvents events)
    {
        ArgumentNullException.ThrowIfNull(events);
        this.work = work;
        this.contexts = contexts;
        this.mailer = mailer;
        subscription = events.Subscribe(PageAddresses.Topic, _ => woken = true);
    }

    public string Name => "call-levels";

    public TimeSpan Every => woken ? PassRunner.Soon : TimeSpan.FromSeconds(2);

    public async Task RunAsync(DateTimeOffset now, CancellationToken ct)
    {
        woken = false;
        // Every call moves the page on, so this comes to an end; each page is its own transaction, and one that fails leaves the others.
        var last = new HashSet<(Guid, int?, int)>();
        while (true)
        {
            List<(Guid, int?, int)> due;
            await using (var db = await contexts.CreateDbContextAsync(ct))
                due = (await db.Pages.AsNoTracking().Where(p => p.NextStepAt <= now).OrderBy(p => p.NextStepAt).Select(p => new { p.Id, p.NextLevel, p.Round }).ToListAsync(ct)).ConvertAll(p => (p.Id, p.NextLevel, p.Round));
            if (due.TrueForAll(last.Contains))
                return;
            last.UnionWith(due);
            foreach (var (id, _, _) in due)
                await work.ChangeAsync<CallLevels, Done>(this, Pager, Permission.Respond, change => CallAsync(change, id, ct), ct);
        }
    }

    public void Dispose() => subscription.Dispose();

    private async Task<Outcome<Done>> CallAsync(Change change, Guid id, CancellationToken ct)
    {
        var page = await change.Db.Pages.SingleAsync(p => p.Id == id, ct);
        if (page.State != PageState.Open || page.NextStepAt is not { } due || due > change.Now)
            return Refusal.Conflict("The page needs nobody any more.");
        change.Publish(PageAddresses.Topic);
        if (page.NextLevel is not { } place)
        {
            page.Exhaust(change.Now);
            Say(change, page, "Nobody answered. All levels have been called; the incident commanders are told.");
            change.Tell(await IncidentPeople.CommandersAsync(change.Db, ct), $"Nobody answered page {page.Number}: {page.Title}", PageAddresses.Of(page.Number), byMail: true);
            change.Audit("page.exhausted", "page", page.Id, page.Title, new { page.Number });
            return Done.Value;
        }
        var round = page.Round;
        var call = await LevelCall.ReadAsync(change.Db, page.Levels[place], change.Now, ct);
        if (call.People.Count == 0)
        {
            page.Skip(change.Now);
            Say(change, page, $"Level {place + 1} reaches nobody: {call.Gap} The next level is called at once.");
            change.Audit("page.level_skipped", "page", page.Id, page.Title, new { page.Number, Level = place + 1, call.Gap });
            return Done.Value;
        }
        page.Called(change.Now);
        foreach (var person in call.People)
        {
            change.Db.PageMessages.Add(new PageMessage(Guid.CreateVersion7(change.Now), page.Id, person.Id, ContactChannel.Portal, null, place, round, change.Now, change.Now).AsSent(change.Now));
            foreach (var way in person.Ways)
                change.Db.PageMessages.Add(new PageMessage(Guid.CreateVersion7(change.Now), page.Id, person.Id, way.Channel, way.Id, place, round, change.Now + TimeSpan.FromMinutes(way.DelayMinutes), change.Now));
            if (person.Ways.Count == 0 && mailer.IsConfigured)
                change.Db.PageMessages.Add(new PageMessage(Guid.CreateVersion7(change.Now), page.Id, person.Id, ContactChannel.Mail, null, place, round, change.Now, change.Now));
        }
        change.Tell(call.People.Select(p => p.Id), $"You are called: {page.Title}", PageAddresses.Of(page.Number));
        Say(change, page, $"Level {place + 1}{(round > 0 ? $", round {round + 1}" : "")} called: {string.Join(", ", call.People.Select(p => p.Name))}.{(call.Gap is null ? "" : " " + call.Gap)}");
        change.Audit("page.called", "page", page.Id, page.Title, new { page.Number, Level = place + 1, Round = round + 1, People = call.People.Select(p => p.Id) });
        return Done.Value;
    }

    private static void Say(Change change, Page page, string sentence) => change.Db.PageEvents.Add(new PageEvent(page.Id, change.Now, sentence));
}
