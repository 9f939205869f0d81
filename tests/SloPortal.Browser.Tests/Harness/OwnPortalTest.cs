using SloPortal.TestSupport;

namespace SloPortal.Browser.Tests.Harness;

/// <summary>For tests that count what is in a portal, and so need one that no other test uses.</summary>
/// <param name="name">Of its log file.</param>
/// <param name="settings">Of the portal, as the environment names them.</param>
public abstract class OwnPortalTest(string name, params (string Key, string Value)[] settings) : BrowserTest
{
    private RunningPortal? portal;
    private PortalApi? api;

    /// <summary>Of the database of this portal.</summary>
    private protected string ConnectionString { get; private set; } = "";

    private protected RunningPortal Portal => portal!;

    /// <summary>As the first administrator.</summary>
    private protected PortalApi Api => api!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        ConnectionString = await TestPostgres.CreateDatabaseAsync(Ct);
        portal = await RunningPortal.StartAsync(name, ConnectionString, withAdministrator: true, Ct, settings.ToDictionary(s => s.Key, s => s.Value));
        api = new PortalApi(portal.Address, RunningPortal.AdminToken);
    }

    protected override async ValueTask LeaveAsync()
    {
        api?.Dispose();
        if (portal is not null)
            await portal.DisposeAsync();
        if (ConnectionString.Length > 0)
            await TestPostgres.DropDatabaseAsync(ConnectionString, CancellationToken.None);
    }
}
