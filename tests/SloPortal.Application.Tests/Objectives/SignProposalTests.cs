using Microsoft.EntityFrameworkCore;
using Npgsql;
using SloPortal.Application.Access.Signing;
using SloPortal.Application.Objectives;
using SloPortal.Application.Objectives.Negotiation;
using SloPortal.Application.Objectives.Proposals;
using SloPortal.Data.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;
using SloPortal.TestSupport;

namespace SloPortal.Application.Tests.Objectives;

public sealed class SignProposalTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sign_OnlyOne_MakesNoVersion()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var id = await agreement.ProposeAsync(Ct);

        var signed = (await agreement.SignAsync(id, agreement.Owner, Ct, "We can hold it.")).Require();

        Assert.Equal(ProposalState.Open, signed.State);
        Assert.Null((await ObjectiveAsync(agreement)).InForce);
    }

    [Fact]
    public async Task Sign_Both_MakesTheVersionWithItsAudit()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var id = await agreement.ProposeAsync(Ct);

        var signed = await agreement.SignByBothAsync(id, Ct);

        Assert.Equal(1, signed.Version);
        Assert.Equal(agreement.Now, signed.EffectiveFrom);
        var version = (await ObjectiveAsync(agreement)).Current!;
        Assert.Equal(99.9m, version.TargetPercent);
        Assert.Equal(["We can hold it.", "It is what we need."], version.Signatures.Select(s => s.Reason));
        await using var db = await agreement.OpenAsync(Ct);
        var actions = await db.AuditEntries.Where(e => e.SubjectName == "Orders placed" && e.RecordedAt == agreement.Now).OrderBy(e => e.Number).Select(e => e.Action).ToListAsync(Ct);
        Assert.Equal(["objective.created", "proposal.made", "proposal.signed", "proposal.signed", "objective.agreed"], actions.TakeLast(5));
    }

    [Fact]
    public async Task Decide_TokenOfTheOwner_IsRefusedAndToldWhoCan()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var id = await agreement.ProposeAsync(Ct);
        var token = agreement.Owner with { Kind = ActorKind.Token, TokenId = Guid.NewGuid() };

        var signed = await agreement.SignAsync(id, token, Ct, "We can hold it.");
        var rejected = await agreement.Get<RejectProposal.Handler>().HandleAsync(new(id, "No."), token, Ct);

        Assert.All([signed.Refusal, rejected.Refusal], refusal =>
        {
            Assert.Equal(RefusalKind.Denied, refusal!.Kind);
            Assert.Contains("Sign in to the portal", refusal.Message, StringComparison.Ordinal);
        });
        await using var db = await agreement.OpenAsync(Ct);
        Assert.Empty((await db.Proposals.Include(p => p.Signatures).SingleAsync(p => p.Id == id, Ct)).Signatures);
    }

    [Fact]
    public async Task Withdraw_TokenOfTheOwner_TakesItBack()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var id = await agreement.ProposeAsync(Ct);

        var withdrawn = await agreement.Get<WithdrawProposal.Handler>().HandleAsync(new(id, "Too early."), agreement.Owner with { Kind = ActorKind.Token, TokenId = Guid.NewGuid() }, Ct);

        Assert.True(withdrawn.Succeeded, withdrawn.Refusal?.Message);
    }

    [Fact]
    public async Task Sign_BothAtOnce_MakesOneVersionEveryTime()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        for (var round = 0; round < 10; round++)
        {
            var id = await agreement.ProposeAsync(Ct, $"objective-{round}");

            var outcomes = await Task.WhenAll(
                Task.Run(() => agreement.SignAsync(id, agreement.Owner, Ct, "We can hold it."), Ct),
                Task.Run(() => agreement.SignAsync(id, agreement.Stakeholder, Ct, "It is what we need."), Ct));

            Assert.All(outcomes, o => Assert.True(o.Succeeded, o.Refusal?.Message));
            Assert.Single(outcomes, o => o.Value!.Version == 1);
        }
    }

    [Fact]
    public async Task Sign_TwiceByOne_IsRefused()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var id = await agreement.ProposeAsync(Ct);
        (await agreement.SignAsync(id, agreement.Owner, Ct, "Yes.")).Require();

        var again = await agreement.SignAsync(id, agreement.Owner, Ct, "Yes, yes.");

        Assert.Equal(RefusalKind.Denied, again.Refusal?.Kind);
    }

    [Fact]
    public async Task Sign_WrongPassword_SignsNothingAndLocksAfterFive()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var id = await agreement.ProposeAsync(Ct);

        for (var guess = 1; guess <= 5; guess++)
        {
            var wrong = await agreement.SignAsync(id, agreement.Owner, Ct, password: $"guess {guess}");
            Assert.Contains("Password", wrong.Refusal!.Fields!.Keys);
        }
        var right = await agreement.SignAsync(id, agreement.Owner, Ct);

        Assert.Contains("locked", right.Refusal!.Message, StringComparison.Ordinal);
        await using var db = await agreement.OpenAsync(Ct);
        var actions = await db.AuditEntries.Where(e => e.SubjectId == agreement.Owner.PersonId.ToString()).OrderBy(e => e.Number).Select(e => e.Action).ToListAsync(Ct);
        Assert.Equal(["person.confirmation-failed", "person.confirmation-failed", "person.confirmation-failed", "person.confirmation-failed", "person.locked-out"], actions);
        agreement.Clock.Advance(Person.LockOut);
        Assert.True((await agreement.SignAsync(id, agreement.Owner, Ct)).Succeeded);
    }

    [Fact]
    public async Task Sign_ByPassword_SaysHowItWasConfirmedAndKeepsNoPassword()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var id = await agreement.ProposeAsync(Ct);

        await agreement.SignByBothAsync(id, Ct);

        await using var db = await agreement.OpenAsync(Ct);
        Assert.All(await db.Signatures.Where(s => s.ProposalId == id).ToListAsync(Ct), s => Assert.Equal(Confirmation.Password, s.ConfirmedBy));
        Assert.False(await db.AuditEntries.AnyAsync(e => e.Details.Contains(Agreement.Password), Ct));
    }

    [Fact]
    public async Task Sign_WithoutPassword_TakesAFreshSignInForThisOnceAndForMinutes()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var (id, other) = (await agreement.ProposeAsync(Ct), await agreement.ProposeAsync(Ct, "another"));
        await using (var db = await agreement.OpenAsync(Ct))
        {
            db.UserLogins.Add(new() { LoginProvider = "https://idp", ProviderKey = "olga", UserId = agreement.Owner.PersonId });
            await db.SaveChangesAsync(Ct);
        }
        var confirm = agreement.Get<ConfirmByProvider.Handler>();

        Assert.Contains("Password", (await agreement.SignAsync(id, agreement.Owner, Ct, password: null)).Refusal!.Fields!.Keys);
        Assert.False((await confirm.HandleAsync(new("https://idp", "otto", agreement.Now, $"proposal/{id}"), agreement.Owner, Ct)).Succeeded);
        Assert.False((await confirm.HandleAsync(new("https://idp", "olga", agreement.Now.AddMinutes(-6), $"proposal/{id}"), agreement.Owner, Ct)).Succeeded);
        Assert.False((await confirm.HandleAsync(new("https://idp", "olga", null, $"proposal/{id}"), agreement.Owner, Ct)).Succeeded);
        (await confirm.HandleAsync(new("https://idp", "olga", agreement.Now, $"proposal/{id}"), agreement.Owner, Ct)).Require();
        agreement.Clock.Advance(FreshSignIn.Lasts);
        Assert.False((await agreement.SignAsync(id, agreement.Owner, Ct, password: null)).Succeeded);
        (await confirm.HandleAsync(new("https://idp", "olga", agreement.Now, $"proposal/{id}"), agreement.Owner, Ct)).Require();

        Assert.False((await agreement.SignAsync(other, agreement.Owner, Ct, password: null)).Succeeded);
        Assert.True((await agreement.SignAsync(id, agreement.Owner, Ct, password: null)).Succeeded);

        await using var read = await agreement.OpenAsync(Ct);
        Assert.Equal(Confirmation.FreshSignIn, (await read.Signatures.SingleAsync(s => s.ProposalId == id, Ct)).ConfirmedBy);
        Assert.Empty(await read.FreshSignIns.Where(f => f.PersonId == agreement.Owner.PersonId).ToListAsync(Ct));
    }

    [Fact]
    public async Task Sign_ContentOtherThanRead_IsAConflictThatSaysWhatStandsThere()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var id = await agreement.ProposeAsync(Ct);
        var read = await agreement.HashOfAsync(id, Ct);
        (await agreement.Get<CounterOffer.Handler>().HandleAsync(new(id, new(99.5m, "rolling 7d"), "More room.", read), agreement.Stakeholder, Ct)).Require();

        var outcome = await agreement.Get<SignProposal.Handler>().HandleAsync(new(id, "Yes.", read, Agreement.Password), agreement.Owner, Ct);

        Assert.Equal(RefusalKind.Conflict, outcome.Refusal?.Kind);
        Assert.Contains("round 2, 99.5 %", outcome.Refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Propose_OnePersonForBothSides_IsRefusedAndToldWhatToDo()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);

        var outcome = await agreement.Get<ProposeObjective.Handler>().HandleAsync(
            new(agreement.Service, "alone", "Alone", "", agreement.Terms() with { StakeholderId = agreement.Owner.PersonId }), agreement.Owner, Ct);

        Assert.Equal(RefusalKind.Invalid, outcome.Refusal?.Kind);
        Assert.Contains("invite them under Settings, People", outcome.Refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sign_SomebodyElseEvenAnAdministrator_IsRefused()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var id = await agreement.ProposeAsync(Ct);
        var administrator = await agreement.AddPersonAsync("Ada Administrator", Ct, member: true, Role.Administrator);

        var outcome = await agreement.SignAsync(id, administrator, Ct, "For them.");

        Assert.Equal(RefusalKind.Denied, outcome.Refusal?.Kind);
    }

    [Fact]
    public async Task Sign_AuditorNamedAsStakeholder_IsRefused()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var auditor = await agreement.AddPersonAsync("Aude Auditor", Ct, member: false, Role.Auditor);
        var id = await agreement.ProposeAsync(Ct, terms: agreement.Terms() with { StakeholderId = auditor.PersonId });

        var outcome = await agreement.SignAsync(id, auditor, Ct, "Fine.");

        Assert.Equal(RefusalKind.Denied, outcome.Refusal?.Kind);
    }

    [Fact]
    public async Task Sign_OwnerWhoLeftTheTeam_IsRefused()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var id = await agreement.ProposeAsync(Ct);
        await using (var db = await agreement.OpenAsync(Ct))
            await db.TeamMembers.Where(m => m.PersonId == agreement.Owner.PersonId).ExecuteDeleteAsync(Ct);

        var outcome = await agreement.SignAsync(id, agreement.Owner, Ct, "Still.");

        Assert.Equal(RefusalKind.Denied, outcome.Refusal?.Kind);
    }

    [Fact]
    public async Task Sign_WithoutReason_IsRefused()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var id = await agreement.ProposeAsync(Ct);

        var outcome = await agreement.SignAsync(id, agreement.Owner, Ct, "");

        Assert.Equal(RefusalKind.Invalid, outcome.Refusal?.Kind);
    }

    [Fact]
    public async Task Sign_AfterTheProposedMoment_TakesEffectAtTheSignatureAndNotBefore()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var id = await agreement.ProposeAsync(Ct, terms: agreement.Terms(effectiveFrom: agreement.Now.AddHours(1)));
        agreement.Clock.Advance(TimeSpan.FromHours(5));

        var signed = await agreement.SignByBothAsync(id, Ct);

        Assert.Equal(agreement.Now, signed.EffectiveFrom);
    }

    [Fact]
    public async Task Reject_AfterOneSignature_ClosesItAndKeepsTheReason()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var id = await agreement.ProposeAsync(Ct);
        (await agreement.SignAsync(id, agreement.Owner, Ct, "Yes.")).Require();

        (await agreement.Get<RejectProposal.Handler>().HandleAsync(new(id, "Too low for us."), agreement.Stakeholder, Ct)).Require();

        var detail = (await agreement.Get<GetProposal.Handler>().HandleAsync(new(id), agreement.Owner, Ct)).Require();
        Assert.Equal(ProposalState.Rejected, detail.State);
        Assert.Equal(new DecisionDetail("Stan Stakeholder", "Too low for us."), detail.Decision);
        // The next attempt uses the same name.
        Assert.NotEqual(id, await agreement.ProposeAsync(Ct));
    }

    [Theory]
    [InlineData("UPDATE objective_versions SET target_percent = 50")]
    [InlineData("DELETE FROM objective_versions")]
    [InlineData("TRUNCATE objective_versions CASCADE")]
    [InlineData("UPDATE signatures SET reason = 'other'")]
    [InlineData("DELETE FROM signatures")]
    public async Task Version_ChangedInTheDatabase_IsRefusedByIt(string statement)
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        await agreement.SignByBothAsync(await agreement.ProposeAsync(Ct), Ct);
        await using var command = agreement.Get<NpgsqlDataSource>().CreateCommand(statement);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Ct));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    private static async Task<ObjectiveDetail> ObjectiveAsync(Agreement agreement) =>
        (await agreement.Get<GetObjective.Handler>().HandleAsync(new(agreement.Service, "orders-placed"), agreement.Stakeholder, Ct)).Require();
}
