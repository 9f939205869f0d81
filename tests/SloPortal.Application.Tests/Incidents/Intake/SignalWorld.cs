using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Incidents.Detection.Intake;
using SloPortal.Application.Incidents.Detection.Intake.Sources;
using SloPortal.Application.Tests.Catalog;
using SloPortal.Domain.Incidents.Detection.Intake;

namespace SloPortal.Application.Tests.Incidents.Intake;

/// <summary>A team with a service and a source that sends alerts about it.</summary>
internal sealed class SignalWorld : IAsyncDisposable
{
    private SignalWorld(CatalogWorld catalog) => Catalog = catalog;

    public CatalogWorld Catalog { get; }
    public string Service { get; private set; } = "";
    public KnownSource Source { get; private set; } = null!;

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public DateTimeOffset Now => Catalog.Clock.GetUtcNow();

    public static async Task<SignalWorld> CreateAsync(string connectionString)
    {
        var world = new SignalWorld(await CatalogWorld.CreateAsync(connectionString, Ct));
        world.Service = await world.Catalog.AddServiceAsync("checkout", Ct);
        (world.Source, _) = await world.AddAsync(SignalSourceKind.Alertmanager);
        return world;
    }

    public async Task<(KnownSource Source, string Key)> AddAsync(SignalSourceKind kind, string? service = null, string? secret = null)
    {
        var made = (await Catalog.Get<AddSignalSource.Handler>().HandleAsync(
            new AddSignalSource(Catalog.Team, kind, Catalog.Slug($"{kind}"), service, null, secret), Catalog.Owner, Ct)).Require();
        return ((await Catalog.Get<SignalSourceDirectory>().FindAsync(made.Key, Ct))!, made.Key);
    }

    public SignalReading Fires(string key = "disk") => new(
        SignalWord.Fires, key, $"{key} is full", SignalSeverity.Error, new Dictionary<string, string> { ["service"] = Service, ["instance"] = key }, StartedAt: Now.AddMinutes(-1), NamesEpisode: true);

    public SignalReading Ended(string key = "disk") => Fires(key) with { Word = SignalWord.IsResolved, EndedAt = Now };

    public async Task<SignalsTaken> SendAsync(params SignalReading[] readings) =>
        (await Catalog.Get<ReceiveSignals.Handler>().HandleAsync(new ReceiveSignals(Source, [.. readings.Select(r => new ReceivedSignal(r))]), Source.Actor, Ct)).Require();

    public async Task<List<Signal>> SignalsAsync(Guid? source = null)
    {
        await using var db = await Catalog.OpenAsync(Ct);
        var id = source ?? Source.Id;
        return await db.Signals.AsNoTracking().Where(s => s.SourceId == id).OrderBy(s => s.FirstReceivedAt).ThenBy(s => s.DedupKey).ToListAsync(Ct);
    }

    public async Task<List<SignalEvent>> LedgerAsync(Guid? source = null)
    {
        await using var db = await Catalog.OpenAsync(Ct);
        var id = source ?? Source.Id;
        return await db.SignalEvents.AsNoTracking().Where(e => db.Signals.Any(s => s.Id == e.SignalId && s.SourceId == id)).OrderBy(e => e.Id).ToListAsync(Ct);
    }

    public async Task<SignalSourceHealth?> HealthAsync(Guid? source = null)
    {
        await using var db = await Catalog.OpenAsync(Ct);
        var id = source ?? Source.Id;
        return await db.SignalSourceHealth.AsNoTracking().SingleOrDefaultAsync(h => h.SourceId == id, Ct);
    }

    public ValueTask DisposeAsync() => Catalog.DisposeAsync();
}
