using Microsoft.Extensions.Logging.Abstractions;
using SloPortal.Data.Common;

namespace SloPortal.TestSupport.Cluster;

/// <summary>A PostgreSQL of its own for a test that ends it as a crash does and starts it again on the same files.</summary>
internal sealed class KillablePostgres : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("sloportal-outage-").FullName;
    private PrivatePostgres? postgres;

    public string ConnectionString { get; private set; } = "";

    public async Task StartAsync(CancellationToken ct)
    {
        postgres = await PrivatePostgres.StartAsync(new PrivatePostgresOptions { DataFolder = folder }, NullLogger.Instance, ct);
        ConnectionString = postgres.ConnectionString;
    }

    /// <summary>Every connection breaks at once, and the next start has to recover.</summary>
    public async Task KillAsync(CancellationToken ct)
    {
        await Postmaster.QuitAsync(folder, ct);
        await postgres!.DisposeAsync();
        postgres = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (postgres is not null)
            await postgres.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
