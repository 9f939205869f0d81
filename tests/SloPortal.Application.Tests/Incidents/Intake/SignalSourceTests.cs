using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Incidents.Detection.Intake.Sources;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.TestSupport;
using static SloPortal.Application.Tests.Incidents.Intake.SignalWorld;

namespace SloPortal.Application.Tests.Incidents.Intake;

public sealed class SignalSourceTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Add_Source_KeepsNoKeyAnywhere()
    {
        await using var world = await CreateAsync(postgres.ConnectionString);

        var (source, key) = await world.AddAsync(SignalSourceKind.GitHub, world.Service, "a secret of github");

        Assert.Equal(key, SignalKey.Read(key.ToUpperInvariant()));
        await using var db = await world.Catalog.OpenAsync(Ct);
        var stored = await db.SignalSources.AsNoTracking().SingleAsync(s => s.Id == source.Id, Ct);
        var audited = await db.AuditEntries.AsNoTracking().Where(e => e.SubjectId == source.Id.ToString()).SingleAsync(Ct);
        Assert.DoesNotContain(key[8..], stored.KeyHint + audited.Details, StringComparison.Ordinal);
        Assert.DoesNotContain("a secret", stored.ProtectedSecret + audited.Details, StringComparison.Ordinal);
        Assert.Equal("a secret of github", world.Catalog.Get<SignalSecrets>().Reveal(stored.ProtectedSecret));
    }

    [Fact]
    public async Task Rotate_Key_EndsTheOldOneAtOnce()
    {
        await using var world = await CreateAsync(postgres.ConnectionString);
        var (source, key) = await world.AddAsync(SignalSourceKind.Grafana);

        var next = (await world.Catalog.Get<RotateSignalKey.Handler>().HandleAsync(new(world.Catalog.Team, source.Id), world.Catalog.Owner, Ct)).Require();

        Assert.Null(await world.Catalog.Get<SignalSourceDirectory>().FindAsync(key, Ct));
        Assert.Equal(source.Id, (await world.Catalog.Get<SignalSourceDirectory>().FindAsync(next.Key, Ct))?.Id);
        (await world.Catalog.Get<RemoveSignalSource.Handler>().HandleAsync(new(world.Catalog.Team, source.Id), world.Catalog.Owner, Ct)).Require();
        Assert.Null(await world.Catalog.Get<SignalSourceDirectory>().FindAsync(next.Key, Ct));
    }

    [Fact]
    public async Task Add_ByAStrangerOrForAServiceOfOthers_IsRefused()
    {
        await using var world = await CreateAsync(postgres.ConnectionString);
        var add = world.Catalog.Get<AddSignalSource.Handler>();

        Assert.Equal(RefusalKind.Denied, (await add.HandleAsync(new(world.Catalog.Team, SignalSourceKind.Grafana, "Theirs"), world.Catalog.Stranger, Ct)).Refusal?.Kind);
        Assert.Contains("does not belong", (await add.HandleAsync(new(world.Catalog.OtherTeam, SignalSourceKind.GitHub, "Ours", world.Service), world.Catalog.Stranger, Ct)).Refusal!.Message, StringComparison.Ordinal);
        Assert.Contains("which service", (await add.HandleAsync(new(world.Catalog.Team, SignalSourceKind.GitHub, "None"), world.Catalog.Owner, Ct)).Refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_Source_KeepsItsSecretUnlessAnotherIsGiven()
    {
        await using var world = await CreateAsync(postgres.ConnectionString);
        var (source, _) = await world.AddAsync(SignalSourceKind.GitHub, world.Service, "a secret of github");
        var row = (await world.Catalog.Get<ListSignalSources.Handler>().HandleAsync(new(world.Catalog.Team), world.Catalog.Owner, Ct)).Require().Sources.Single(s => s.Id == source.Id);

        (await world.Catalog.Get<ChangeSignalSource.Handler>().HandleAsync(new(world.Catalog.Team, source.Id, "Renamed", world.Service, Version: row.Version), world.Catalog.Owner, Ct)).Require();

        Assert.Equal(RefusalKind.Conflict, (await world.Catalog.Get<ChangeSignalSource.Handler>().HandleAsync(new(world.Catalog.Team, source.Id, "Again", world.Service, Version: row.Version), world.Catalog.Owner, Ct)).Refusal?.Kind);
        var after = (await world.Catalog.Get<ListSignalSources.Handler>().HandleAsync(new(world.Catalog.Team), world.Catalog.Stranger, Ct)).Require();
        Assert.Equal(("Renamed", true, false), after.Sources.Single(s => s.Id == source.Id) is var s ? (s.Name, s.IsSigned, after.MayChange) : default);
    }
}
