using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SloPortal.Application.Measurement.Ingest;
using SloPortal.Application.Measurement.Ingest.Otlp;
using SloPortal.Application.Measurement.Ingest.RemoteWrite;
using SloPortal.Application.Measurement.Ingest.Writing;
using SloPortal.Application.Tests.Measurement.Ingest.Protos.Otlp;
using SloPortal.Data;
using SloPortal.Data.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Cost;

namespace SloPortal.Application.Tests.Measurement.Ingest;

/// <summary>The writer of one portal on a database.</summary>
internal sealed class IngestPortal : IAsyncDisposable
{
    private readonly ServiceProvider provider;

    private IngestPortal(ServiceProvider provider, IngestWriter writer)
    {
        this.provider = provider;
        Writer = writer;
    }

    public IngestWriter Writer { get; }

    public NpgsqlDataSource Database => provider.GetRequiredService<NpgsqlDataSource>();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<IngestPortal> StartAsync(string connectionString, IngestSettings? settings = null, TimeProvider? clock = null)
    {
        var services = new ServiceCollection();
        services.AddPortalData(connectionString);
        var provider = services.BuildServiceProvider();
        var writer = new IngestWriter(
            provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<IDbContextFactory<PortalDbContext>>(), settings ?? new IngestSettings(),
            clock ?? TimeProvider.System, NullLogger<IngestWriter>.Instance);
        await writer.StartAsync(Ct);
        return new IngestPortal(provider, writer);
    }

    public async Task<int> AddSourceAsync(string name)
    {
        await using var db = await OpenAsync();
        var source = Source.Pulling(name, "http://localhost:9090", TimeSpan.FromMinutes(1), DateTimeOffset.UtcNow);
        db.Add(source);
        await db.SaveChangesAsync(Ct);
        return source.Id;
    }

    public async Task<int> AddSliAsync(string slug, SliDefinition definition, int? source = null)
    {
        await using var db = await OpenAsync();
        var now = DateTimeOffset.UtcNow;
        var team = new Team(Guid.CreateVersion7(), "team-" + slug, slug, "", now);
        var service = new Service(Guid.CreateVersion7(), "service-" + slug, slug, "", ServiceTier.Critical, team.Id, [], now);
        db.AddRange(team, service);
        var sli = new Sli(service.Id, slug, slug, "", definition, source, now);
        db.Add(sli);
        await db.SaveChangesAsync(Ct);
        return sli.Id;
    }

    public async Task SetBudgetAsync(int source, int? maxSeries = null, int? maxSamplesPerSecond = null, AboveRate above = AboveRate.Wait)
    {
        await using var db = await OpenAsync();
        if (await db.SourceBudgets.FindAsync([source], Ct) is not { } budget)
            db.Add(budget = new SourceBudget(source));
        budget.Set(maxSeries, maxSamplesPerSecond, above, "Ada", DateTimeOffset.UtcNow);
        await db.SaveChangesAsync(Ct);
    }

    public async Task<IngestAnswer> WriteAsync(int source, WriteRequestBuilder request) => (await AskAsync(source, request)).Answer;

    /// <summary>Writes, and says how long to wait where it is above the rate.</summary>
    public async Task<(IngestAnswer Answer, TimeSpan Wait)> AskAsync(int source, WriteRequestBuilder request)
    {
        Assert.True(RemoteWriteDecoder.TryDecode(request.Body(), source, new WriteLimits(), out var write, out var problem), problem?.Sentence);
        var samples = new WrittenSamples(write);
        return (await Writer.WriteAsync(samples), samples.Wait);
    }

    public Task<IngestAnswer> ExportAsync(int source, ExportMetricsServiceRequest request)
    {
        Assert.True(OtlpDecoder.TryDecode(request.ToByteArray(), OtlpEncoding.Protobuf, gzip: false, source, new WriteLimits(), out var write, out var problem), problem?.Sentence);
        return Writer.WriteAsync(new WrittenSamples(write));
    }

    public async Task<IReadOnlyList<object?[]>> RowsAsync(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var rows = new List<object?[]>();
        while (await reader.ReadAsync(Ct))
        {
            var row = new object?[reader.FieldCount];
            reader.GetValues(row!);
            rows.Add(row);
        }

        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await Writer.StopAsync(CancellationToken.None);
        Writer.Dispose();
        await provider.DisposeAsync();
    }

    private Task<PortalDbContext> OpenAsync() => provider.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(Ct);
}
