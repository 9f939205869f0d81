using SloPortal.TestSupport;

namespace SloPortal.Browser.Tests.Harness;

/// <summary>One portal with people and data in it, shared by the tests that do not change what others look at.</summary>
public class SeededPortal : IAsyncLifetime
{
    private RunningPortal? portal;
    private string connectionString = "";

    /// <summary>Under which its log is kept.</summary>
    protected virtual string Name => "seeded";

    internal string Address => portal!.Address;

    internal PortalApi Api { get; private set; } = null!;

    internal People People { get; private set; } = null!;

    internal SeededData Data { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (!Chromium.IsFound)
            return;
        var ct = TestContext.Current.CancellationToken;
        connectionString = await TestPostgres.CreateDatabaseAsync(ct);
        portal = await RunningPortal.StartAsync(Name, connectionString, withAdministrator: true, ct);
        Api = new PortalApi(Address, RunningPortal.AdminToken);
        People = new People(Address, Api);
        Data = await SeededData.CreateAsync(Api, People, ct);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Api?.Dispose();
        if (portal is not null)
        {
            await portal.DisposeAsync();
            await TestPostgres.DropDatabaseAsync(connectionString, CancellationToken.None);
        }
    }
}

/// <summary>Tests that share <see cref="SeededPortal"/> run one after another, since they share its processor time as well.</summary>
[CollectionDefinition(Name)]
public sealed class SeededPortalTests : ICollectionFixture<SeededPortal>
{
    public const string Name = "a portal with data";
}

/// <summary>Another one, for the walk over all pages: it takes as long as all other tests of such a portal together, and beside them.</summary>
public sealed class WalkedPortal : SeededPortal
{
    protected override string Name => "walked";
}

[CollectionDefinition(Name)]
public sealed class WalkedPortalTests : ICollectionFixture<WalkedPortal>
{
    public const string Name = "a portal to walk";
}
