using SloPortal.Application.Catalog.Dependencies;
using SloPortal.Application.Catalog.Vendors;
using SloPortal.Application.Measurement.Slis;
using SloPortal.Application.Objectives.Dependencies;
using SloPortal.Domain.Catalog.Dependencies;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Objectives.Dependencies;

/// <summary>What a dependency is on: one of the two.</summary>
internal sealed record NewDependency(string? OnService, string? OnVendor, DependencyKind Kind = DependencyKind.Hard, string? Group = null, int Needs = 1, string Note = "");

/// <param name="Version">As it was read.</param>
internal sealed record DependencyBody(DependencyKind Kind, string? Group, string Note, uint Version, int Needs = 1);

internal sealed record VendorBody(string Slug, string Name, string Description, string OwnerTeam, uint Version);

internal sealed record OutageBody(DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string Source, string Reason);

/// <param name="SliId">Null where none measures it.</param>
internal sealed record MeasureBody(int? SliId);

/// <param name="Version">As it was read; null when nobody had assessed it.</param>
internal sealed record RiskBody(Guid OwnerId, DateOnly ReviewOn, RiskState State, string Note, uint? Version);

internal static class DependencyEndpoints
{
    public static void MapDependencies(this RouteGroupBuilder api)
    {
        var services = api.MapGroup("/services/{slug}").WithTags("Dependencies");

        services.MapGet("/dependencies", async (string slug, GetDependencies.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetDependencies(slug), await current.GetAsync(ct), ct)).ToOk())
            .WithName("GetDependencies").WithSummary("What a service needs at all levels, and who needs it");

        services.MapPost("/dependencies", async (string slug, NewDependency body, AddDependency.Handler add, CurrentActor current, CancellationToken ct) =>
                (await add.HandleAsync(new AddDependency(slug, body.OnService, body.OnVendor, body.Kind, body.Group, body.Needs, body.Note), await current.GetAsync(ct), ct)).ToCreated(_ => $"/api/v1/services/{slug}/dependencies"))
            .WithName("AddDependency").WithSummary("Says that a service needs another service or a vendor; refused where it would close a circle");

        services.MapPut("/dependencies/{id:guid}", async (string slug, Guid id, DependencyBody body, ChangeDependency.Handler change, CurrentActor current, CancellationToken ct) =>
                (await change.HandleAsync(new ChangeDependency(slug, id, body.Kind, body.Group, body.Needs, body.Note, body.Version), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("ChangeDependency").WithSummary("Describes a dependency anew; 409 when its version has moved on");

        services.MapDelete("/dependencies/{id:guid}", async (string slug, Guid id, RemoveDependency.Handler remove, CurrentActor current, CancellationToken ct) =>
                (await remove.HandleAsync(new RemoveDependency(slug, id), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("RemoveDependency").WithSummary("Says that a service does not need something any more");

        services.MapGet("/ceiling", async (string slug, int? days, GetCeiling.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetCeiling(slug, days ?? 30), await current.GetAsync(ct), ct)).ToOk())
            .WithName("GetCeiling").WithSummary("The best that a service can attain while what it needs is as it was, observed and as if independent");

        api.MapGet("/objectives/{service}/{slug}/externals", async (string service, string slug, GetExternals.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetExternals(service, slug), await current.GetAsync(ct), ct)).ToOk())
            .WithTags("Objectives").WithName("GetExternals").WithSummary("The running window as users saw it and without the minutes in which vendors failed; null where no vendor is needed");

        MapVendors(api.MapGroup("/vendors").WithTags("Dependencies"));
        MapRisks(api.MapGroup("/risks").WithTags("Dependencies"));
    }

    private static void MapVendors(RouteGroupBuilder vendors)
    {
        vendors.MapGet("/", async (string? filter, bool? archived, ListVendors.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(new ListVendors(filter, archived ?? false), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListVendors").WithSummary("The vendors, by name");

        vendors.MapPost("/", async (CreateVendor request, CreateVendor.Handler create, CurrentActor current, CancellationToken ct) =>
                (await create.HandleAsync(request, await current.GetAsync(ct), ct)).ToCreated(_ => $"/api/v1/vendors/{request.Slug}"))
            .WithName("CreateVendor").WithSummary("Adds somebody outside on whom services depend");

        vendors.MapGet("/{slug}", async (string slug, GetVendor.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetVendor(slug), await current.GetAsync(ct), ct)).ToOk())
            .WithName("GetVendor").WithSummary("One vendor with who needs it and its outages");

        vendors.MapPut("/{slug}", async (string slug, VendorBody body, UpdateVendor.Handler update, CurrentActor current, CancellationToken ct) =>
                (await update.HandleAsync(new UpdateVendor(slug, body.Slug, body.Name, body.Description, body.OwnerTeam, body.Version), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("UpdateVendor").WithSummary("Describes a vendor anew; 409 when its version has moved on");

        vendors.MapPost("/{slug}/archive", async (string slug, ArchiveVendor.Handler archive, CurrentActor current, CancellationToken ct) =>
                (await archive.HandleAsync(new ArchiveVendor(slug), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("ArchiveVendor").WithSummary("Takes a vendor out of the lists; 409 while a service depends on it");

        vendors.MapPost("/{slug}/restore", async (string slug, RestoreVendor.Handler restore, CurrentActor current, CancellationToken ct) =>
                (await restore.HandleAsync(new RestoreVendor(slug), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("RestoreVendor").WithSummary("Brings an archived vendor back");

        vendors.MapPut("/{slug}/sli", async (string slug, MeasureBody body, MeasureVendor.Handler measure, CurrentActor current, CancellationToken ct) =>
                (await measure.HandleAsync(new MeasureVendor(slug, body.SliId), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("MeasureVendor").WithSummary("Says which SLI measures a vendor");

        vendors.MapPost("/{slug}/outages", async (string slug, OutageBody body, RecordOutage.Handler record, CurrentActor current, CancellationToken ct) =>
                (await record.HandleAsync(new RecordOutage(slug, body.StartedAt, body.EndedAt, body.Source, body.Reason), await current.GetAsync(ct), ct)).ToCreated(_ => $"/api/v1/vendors/{slug}"))
            .WithName("RecordOutage").WithSummary("Enters an outage of a vendor");

        vendors.MapPost("/{slug}/outages/{id:guid}/correct", async (string slug, Guid id, OutageBody body, CorrectOutage.Handler correct, CurrentActor current, CancellationToken ct) =>
                (await correct.HandleAsync(new CorrectOutage(slug, id, body.StartedAt, body.EndedAt, body.Source, body.Reason), await current.GetAsync(ct), ct)).ToOk())
            .WithName("CorrectOutage").WithSummary("Puts another entry in the place of one; both stay");

        vendors.MapPost("/{slug}/outages/{id:guid}/withdraw", async (string slug, Guid id, ReasonGiven given, WithdrawOutage.Handler withdraw, CurrentActor current, CancellationToken ct) =>
                (await withdraw.HandleAsync(new WithdrawOutage(slug, id, given.Reason), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("WithdrawOutage").WithSummary("Takes an outage back; the entry stays");
    }

    private static void MapRisks(RouteGroupBuilder risks)
    {
        risks.MapGet("/", async (string? service, bool? mine, bool? overdue, ListRisks.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(new ListRisks(service, mine ?? false, overdue ?? false), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListRisks").WithSummary("The dependencies on vendors as risks, those whose review is overdue first");

        risks.MapPut("/{dependency:guid}", async (Guid dependency, RiskBody body, AssessRisk.Handler assess, CurrentActor current, CancellationToken ct) =>
                (await assess.HandleAsync(new AssessRisk(dependency, body.OwnerId, body.ReviewOn, body.State, body.Note, body.Version), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("AssessRisk").WithSummary("Says who looks after a risk, how it stands and when it is reviewed; 409 when its version has moved on");
    }
}
