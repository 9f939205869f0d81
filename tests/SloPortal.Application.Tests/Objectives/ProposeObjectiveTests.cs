using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Measurement;
using SloPortal.Application.Objectives.Proposals;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Evidence;
using SloPortal.TestSupport;

namespace SloPortal.Application.Tests.Objectives;

public sealed class ProposeObjectiveTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(100, "100 %")]
    [InlineData(250, "100 %")]
    [InlineData(0.999, "percent")]
    public async Task Propose_ImpossibleTarget_IsRefusedWithTheReason(double target, string says)
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);

        var refusal = await RefusalOfAsync(agreement, agreement.Terms((decimal)target));

        Assert.Equal(RefusalKind.Invalid, refusal.Kind);
        Assert.Contains(says, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Terms.TargetPercent", refusal.Fields!.Keys);
    }

    [Theory]
    [InlineData("rolling 400d")]
    [InlineData("calendar month Middle/Earth")]
    [InlineData("fortnight")]
    public async Task Propose_WindowThatIsNone_IsRefused(string window)
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);

        Assert.Contains("Terms.Window", (await RefusalOfAsync(agreement, agreement.Terms(window: window))).Fields!.Keys);
    }

    [Fact]
    public async Task Propose_SliThatNeverCounted_IsRefusedSinceNoWindowCanBeFilled()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        await using (var db = await agreement.OpenAsync(Ct))
        {
            db.Slis.Add(new Sli(agreement.ServiceId, "silent", "Silent", "", new PushedRatio(), null, agreement.Now));
            await db.SaveChangesAsync(Ct);
        }

        var refusal = await RefusalOfAsync(agreement, agreement.Terms() with { Sli = "silent" });

        Assert.Contains("no window can be filled", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Propose_SliOfAnotherService_IsRefused()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);

        Assert.Equal(RefusalKind.Invalid, (await RefusalOfAsync(agreement, agreement.Terms() with { Sli = "of-another" })).Kind);
    }

    [Fact]
    public async Task Propose_AnAuditorAsStakeholder_IsRefusedSinceNobodyCouldSign()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var auditor = await agreement.AddPersonAsync("Aino Auditor", Ct, member: false, Role.Auditor);
        await using (var db = await agreement.OpenAsync(Ct))
        {
            var role = await db.Roles.SingleOrDefaultAsync(r => r.Name == nameof(Role.Auditor), Ct)
                ?? db.Roles.Add(new(nameof(Role.Auditor)) { Id = Guid.CreateVersion7(), NormalizedName = nameof(Role.Auditor).ToUpperInvariant() }).Entity;
            db.UserRoles.Add(new() { UserId = auditor.PersonId, RoleId = role.Id });
            await db.SaveChangesAsync(Ct);
        }

        var refusal = await RefusalOfAsync(agreement, agreement.Terms() with { StakeholderId = auditor.PersonId });
        var choices = (await agreement.Get<GetProposalChoices.Handler>().HandleAsync(new(agreement.Service), agreement.Owner, Ct)).Require();

        Assert.Contains("Aino Auditor reads only and signs nothing", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(choices.People, p => p.Id == auditor.PersonId);
        Assert.Contains(choices.People, p => p.Id == agreement.Stakeholder.PersonId);
    }

    [Fact]
    public async Task Propose_OnePersonAsBothParties_IsRefused()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);

        var refusal = await RefusalOfAsync(agreement, agreement.Terms() with { StakeholderId = agreement.Owner.PersonId });

        Assert.Contains("two people", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Propose_OwnerFromOutsideTheTeam_IsRefused()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var outsider = await agreement.AddPersonAsync("Otto Outsider", Ct);

        Assert.Contains("not a member", (await RefusalOfAsync(agreement, agreement.Terms() with { OwnerId = outsider.PersonId })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Propose_TakingEffectYesterday_IsRefused()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);

        Assert.Contains("past", (await RefusalOfAsync(agreement, agreement.Terms(effectiveFrom: agreement.Now.AddDays(-1)))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Propose_ByViewer_IsDenied()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var request = new ProposeObjective(agreement.Service, "orders-placed", "Orders placed", "", agreement.Terms());

        var outcome = await agreement.Get<ProposeObjective.Handler>().HandleAsync(request, agreement.Stakeholder, Ct);

        Assert.Equal(RefusalKind.Denied, outcome.Refusal?.Kind);
    }

    [Fact]
    public async Task Propose_WhileAnotherWaits_IsRefused()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        await agreement.ProposeAsync(Ct);

        var second = await agreement.Get<ProposeVersion.Handler>().HandleAsync(new(agreement.Service, "orders-placed", agreement.Terms(99m)), agreement.Owner, Ct);

        Assert.Equal(RefusalKind.Conflict, second.Refusal?.Kind);
    }

    [Fact]
    public async Task Propose_Waits_ForBothUntilTheySigned()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var id = await agreement.ProposeAsync(Ct);
        var list = agreement.Get<ListProposals.Handler>();

        (await agreement.SignAsync(id, agreement.Owner, Ct)).Require();

        Assert.Empty((await list.HandleAsync(new(WaitingForMe: true), agreement.Owner, Ct)).Require());
        Assert.Equal(id, Assert.Single((await list.HandleAsync(new(WaitingForMe: true), agreement.Stakeholder, Ct)).Require()).Id);
    }

    [Fact]
    public async Task Propose_Script_StaysText()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        const string Script = "<script>alert('x')</script>";

        var id = await agreement.ProposeAsync(Ct, terms: agreement.Terms() with { Rationale = Script });

        Assert.Equal(Script, (await agreement.Get<GetProposal.Handler>().HandleAsync(new(id), agreement.Stakeholder, Ct)).Require().Rationale);
    }

    [Fact]
    public async Task Evidence_RollingWindow_EqualsCountingEveryWindowByHand()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var id = await agreement.ProposeAsync(Ct, terms: agreement.Terms(99.95m));

        var evidence = (await agreement.Get<GetProposal.Handler>().HandleAsync(new(id), agreement.Owner, Ct)).Require().Evidence;

        var minutes = await agreement.Get<SliCounts>().BucketsAsync(agreement.SliId, new Interval(agreement.Now.AddDays(-40), agreement.Now), BucketSize.Minute, Ct);
        var (good, total) = (new double[(int)(evidence.HistoryTo - evidence.HistoryFrom).TotalMinutes], new double[(int)(evidence.HistoryTo - evidence.HistoryFrom).TotalMinutes]);
        foreach (var minute in minutes.Where(m => m.Start < evidence.HistoryTo))
            (good[(int)(minute.Start - evidence.HistoryFrom).TotalMinutes], total[(int)(minute.Start - evidence.HistoryFrom).TotalMinutes]) = (minute.Counts.Good, minute.Counts.Total);
        const int Week = 7 * 24 * 60;
        int met = 0, judged = 0;
        double worst = 1;
        for (var start = 0; start + Week <= total.Length; start++)
        {
            var (goodInside, totalInside) = (good.AsSpan(start, Week).ToArray().Sum(), total.AsSpan(start, Week).ToArray().Sum());
            judged++;
            met += (decimal)(totalInside - goodInside) <= (decimal)totalInside * 0.0005m ? 1 : 0;
            worst = Math.Min(worst, goodInside / totalInside);
        }
        Assert.Equal(judged, evidence.Windows);
        Assert.Equal(met, evidence.Met);
        Assert.Equal(worst, evidence.Worst!.Attained, 9);
        Assert.Equal(evidence.Worst.Attained, evidence.Line.Min(p => p.Attained), 9);
    }

    [Fact]
    public async Task Preview_FirstSamplesCameInThisHour_SaysHowMuchIsMissing()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct, new DateTimeOffset(2026, 11, 10, 12, 20, 30, TimeSpan.Zero));
        await using (var db = await agreement.OpenAsync(Ct))
        {
            await db.Database.ExecuteSqlAsync($"DELETE FROM sli_minutes WHERE sli_id = {agreement.SliId}", Ct);
        }

        await agreement.CountAsync([(new DateTimeOffset(2026, 11, 10, 12, 20, 0, TimeSpan.Zero), 9, 10)], Ct);

        var evidence = (await agreement.Get<PreviewProposal.Handler>().HandleAsync(new(agreement.Service, "orders", 99m, "rolling 7d"), agreement.Owner, Ct)).Require();

        Assert.Equal("The history covers 21 min. A window of 7 days needs 7 d more before it can be replayed.", evidence.Shortage);
    }

    [Fact]
    public async Task Evidence_TargetThatOutageCannotBurn_NamesTheAlertThatNeverFires()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);

        var evidence = (await agreement.Get<PreviewProposal.Handler>().HandleAsync(new(agreement.Service, "orders", 90m, "rolling 30d"), agreement.Stakeholder, Ct)).Require();

        Assert.Contains(evidence.Findings, f => f.Rule == FeasibilityRule.AlertCanNeverFire);
    }

    private static async Task<Refusal> RefusalOfAsync(Agreement agreement, ProposedTerms terms)
    {
        var outcome = await agreement.Get<ProposeObjective.Handler>().HandleAsync(new ProposeObjective(agreement.Service, "orders-placed", "Orders placed", "", terms), agreement.Owner, Ct);
        return outcome.Refusal ?? throw new Xunit.Sdk.XunitException("It was not refused.");
    }
}
