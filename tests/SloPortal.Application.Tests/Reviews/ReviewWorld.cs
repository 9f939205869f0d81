using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Reviews.Writing;
using SloPortal.Application.Tests.Catalog;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;

namespace SloPortal.Application.Tests.Reviews;

/// <summary>A catalog with an incident, two people who may write, and a postmortem that the owner began.</summary>
internal sealed class ReviewWorld : IAsyncDisposable
{
    private ReviewWorld(CatalogWorld catalog) => Catalog = catalog;

    public CatalogWorld Catalog { get; }
    public Actor Writer => Catalog.Owner;
    public Actor Other => Catalog.Stranger;
    public int Incident { get; private set; }
    public int Number { get; private set; }

    public static async Task<ReviewWorld> CreateAsync(string connectionString, CancellationToken ct)
    {
        var world = new ReviewWorld(await CatalogWorld.CreateAsync(connectionString, ct));
        world.Incident = await world.AddIncidentAsync(ct);
        world.Number = (await world.Catalog.Get<DraftPostmortem.Handler>().HandleAsync(new DraftPostmortem(world.Incident), world.Writer, ct)).Require();
        return world;
    }

    public async Task<int> AddIncidentAsync(CancellationToken ct)
    {
        var service = (await Catalog.ReadAsync(await Catalog.AddServiceAsync("checkout-" + Guid.NewGuid().ToString("N")[..6], ct), ct)).Id;
        var now = Catalog.Clock.GetUtcNow();
        var incident = new Incident(Guid.CreateVersion7(), "Checkout fails", "Orders failed.", IncidentSeverity.Sev2, now.AddHours(-2), Writer.PersonId, now.AddHours(-1));
        incident.Services.Add(new IncidentService(incident.Id, service));
        await using var db = await Catalog.OpenAsync(ct);
        db.Add(incident);
        await db.SaveChangesAsync(ct);
        return incident.Number;
    }

    /// <summary>Only the readers may see the incident from now on.</summary>
    public async Task RestrictAsync(CancellationToken ct, params Guid[] readers)
    {
        await using var db = await Catalog.OpenAsync(ct);
        var incident = await db.Incidents.Include(i => i.Readers).SingleAsync(i => i.Number == Incident, ct);
        Assert.Null(incident.Restrict(readers));
        await db.SaveChangesAsync(ct);
    }

    public async Task<PostmortemDetail> ReadAsync(CancellationToken ct, Actor? actor = null) =>
        (await Catalog.Get<GetPostmortem.Handler>().HandleAsync(new GetPostmortem(Number), actor ?? Writer, ct)).Require();

    public Task<Outcome<SavedPostmortem>> SaveAsync(Actor actor, int on, string body, CancellationToken ct, string title = "Checkout failed") =>
        Catalog.Get<SavePostmortem.Handler>().HandleAsync(new SavePostmortem(Number, on, title, "", body), actor, ct);

    public ValueTask DisposeAsync() => Catalog.DisposeAsync();
}
