using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Incidents.Runbooks;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Runbooks;
using static SloPortal.Application.Tests.Incidents.IncidentWorld;

namespace SloPortal.Application.Tests.Incidents.Runbooks;

public sealed class SetRunbookTests
{
    [Fact]
    public async Task Set_ByAnOwner_KeepsEachVersionAndTheSecretsThatWereNotGivenAnew()
    {
        await using var runbook = await RunbookWorld.CreateAsync();
        var set = runbook.World.Get<SetRunbook.Handler>();
        var before = (await runbook.World.Get<GetRunbook.Handler>().HandleAsync(new(runbook.World.Service), runbook.Olga, Ct)).Require();
        StepGiven Again(RunbookStepRow s, string? secret = null) => new(s.Name, s.Does, s.Kind, s.Address, s.TimeoutSeconds, secret, s.Id);

        Assert.Equal(2, (await set.HandleAsync(new(runbook.World.Service, "Checkout hangs again", [Again(before.Steps[1]), Again(before.Steps[0], "")], 1), runbook.Olga, Ct)).Require());

        var after = (await runbook.World.Get<GetRunbook.Handler>().HandleAsync(new(runbook.World.Service), runbook.Olga, Ct)).Require();
        Assert.Equal([("Restart pods", true), ("Count pods", false)], after.Steps.Select(s => (s.Name, s.IsSigned)));
        Assert.Equal(before.Steps.Select(s => s.Id).Reverse(), after.Steps.Select(s => s.Id));
        Assert.Equal(RefusalKind.Conflict, (await set.HandleAsync(new(runbook.World.Service, "Late", [], 1), runbook.Olga, Ct)).Refusal?.Kind);
        await using var db = await runbook.World.Portal.ContextAsync();
        Assert.Equal(2, await db.Runbooks.CountAsync(Ct));
        Assert.DoesNotContain(RunbookWorld.Secret, string.Concat(await db.Database.SqlQuery<string>($"SELECT steps::text AS \"Value\" FROM runbooks").ToListAsync(Ct)), StringComparison.Ordinal);
        var audit = await db.AuditEntries.Where(e => e.Action == "runbook.changed").Select(e => e.Details).ToListAsync(Ct);
        Assert.Equal(2, audit.Count);
        Assert.All(audit, d => Assert.False(d.Contains(RunbookWorld.Secret, StringComparison.Ordinal) || d.Contains("/restart", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Get_ByWhoMayNotChangeIt_ShowsNoPathOfAWebhook()
    {
        await using var runbook = await RunbookWorld.CreateAsync();

        var read = (await runbook.World.Get<GetRunbook.Handler>().HandleAsync(new(runbook.World.Service), runbook.World.Responder, Ct)).Require();

        Assert.False(read.MayChange);
        Assert.All(read.Steps, s => Assert.Equal(runbook.Receiver.Address + "/…", s.Address));
    }

    [Fact]
    public async Task Set_ByWhoDoesNotOwnTheServiceOrWithWrongSteps_IsRefused()
    {
        await using var runbook = await RunbookWorld.CreateAsync();
        var set = runbook.World.Get<SetRunbook.Handler>();
        var step = new StepGiven("Look", null, StepKind.Reads, "https://example.com", 10);

        Assert.Equal(RefusalKind.Denied, (await SetAsync([step], runbook.World.Commander)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Denied, (await SetAsync([step], runbook.Olga with { TeamIds = [] })).Refusal?.Kind);
        Assert.Contains("Step 1: give the address", (await SetAsync([step with { Address = "ftp://example.com" }])).Refusal?.Message, StringComparison.Ordinal);
        Assert.Contains("Step 2: its answer is waited for 1 to 60 seconds.", (await SetAsync([step, step with { TimeoutSeconds = 61 }])).Refusal?.Message, StringComparison.Ordinal);
        Assert.Contains("Step 1: give a step.", (await SetAsync([null!])).Refusal?.Message, StringComparison.Ordinal);
        Assert.Contains("at most 20 steps", (await SetAsync([.. Enumerable.Repeat(step, 21)])).Refusal?.Message, StringComparison.Ordinal);
        Assert.Contains("does not have", (await SetAsync([step with { Id = Guid.NewGuid() }])).Refusal?.Message, StringComparison.Ordinal);

        Task<Outcome<int>> SetAsync(IReadOnlyList<StepGiven> steps, Domain.Access.Actor? by = null) => set.HandleAsync(new(runbook.World.Service, "Checkout hangs", steps, 1), by ?? runbook.Olga, Ct);
    }
}
