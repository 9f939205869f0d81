using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Tests.Measurement.Slis;
using SloPortal.Data;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Tests.Measurement.Sources;

/// <summary>What happens to the change of a source when its row moves between the reading and the writing.</summary>
public sealed class SourceConcurrencyTests : IAsyncLifetime
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private MeasuringPortal portal = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => portal = await MeasuringPortal.OpenAsync(Ct);

    public async ValueTask DisposeAsync() => await portal.DisposeAsync();

    [Theory]
    [InlineData("last_arrival_at = now()")]
    [InlineData("last_error_at = now(), last_error = 'away'")]
    public async Task Save_SourceIsPulledMeanwhile_IsNoConflict(string meanwhile)
    {
        await using var db = await ChangedAsync(meanwhile);
        await db.SaveChangesAsync(Ct);

        await using var fresh = await ContextAsync();
        Assert.Equal("renamed", (await fresh.Sources.SingleAsync(s => s.Kind == SourceKind.Pull, Ct)).Name);
    }

    [Theory]
    [InlineData("url = 'http://other:9090'")]
    [InlineData("name = 'other'")]
    [InlineData("pull_every = '5 minutes'")]
    [InlineData("paused_at = now()")]
    [InlineData("protected_authorization = 'x'")]
    public async Task Save_SomebodyEditedTheSourceMeanwhile_IsAConflict(string meanwhile)
    {
        await using var db = await ChangedAsync(meanwhile);

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => db.SaveChangesAsync(Ct));
    }

    /// <summary>A context with a change of a source that was read before its row was updated.</summary>
    private async Task<PortalDbContext> ChangedAsync(string meanwhile)
    {
        var db = await ContextAsync();
        var source = Source.Pulling("server", "http://server:9090", Minute, MeasuringPortal.Now);
        db.Add(source);
        await db.SaveChangesAsync(Ct);
        await using (var command = portal.Database.CreateCommand($"UPDATE sources SET {meanwhile} WHERE id = {source.Id}"))
            await command.ExecuteNonQueryAsync(Ct);
        source.Configure("renamed", "http://server:9090", Minute);
        return db;
    }

    private Task<PortalDbContext> ContextAsync() => portal.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(Ct);
}
