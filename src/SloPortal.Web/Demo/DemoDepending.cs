using SloPortal.Application.Catalog;
using SloPortal.Application.Catalog.Dependencies;
using SloPortal.Application.Catalog.Scoring;
using SloPortal.Application.Catalog.Vendors;
using SloPortal.Domain.Access;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Catalog.Dependencies;
using SloPortal.Domain.Catalog.Scoring;
using SloPortal.Web.Demo.Story;

namespace SloPortal.Web.Demo;

/// <summary>How people of the story enter what their services need. What was played already changes nothing.</summary>
internal static class DemoDepending
{
    public static DemoStep Of(DemoTroubles troubles, DateTimeOffset at, DateTimeOffset end) => new(at, async (stage, ct) =>
    {
        stage.Check(DemoDependencies.Unmeasured, await stage.Get<CreateService.Handler>().HandleAsync(
            new CreateService(DemoDependencies.Unmeasured, DemoDependencies.UnmeasuredName, DemoDependencies.UnmeasuredIs, ServiceTier.Standard, "buying", []), await OwnerAsync(stage, "buying", ct), ct), orKnown: true);
        foreach (var vendor in DemoDependencies.Vendors)
            stage.Check(vendor.Slug, await stage.Get<CreateVendor.Handler>().HandleAsync(new CreateVendor(vendor.Slug, vendor.Name, vendor.Description, vendor.Team), await OwnerAsync(stage, vendor.Team, ct), ct), orKnown: true);
        foreach (var need in DemoDependencies.All)
            await AddAsync(stage, need, ct);
        await EnterOutageAsync(stage, troubles, ct);
        await AssessAsync(stage, end, ct);
        await WeighAsync(stage, ct);
    });

    private static async Task AddAsync(DemoStage stage, DemoDependency need, CancellationToken ct)
    {
        var isVendor = DemoDependencies.Vendors.Any(v => v.Slug == need.On);
        stage.Check(need.On, await stage.Get<AddDependency.Handler>().HandleAsync(
            new AddDependency(need.Service, isVendor ? null : need.On, isVendor ? need.On : null, need.Kind, need.Group, 1, need.Note),
            await OwnerAsync(stage, TeamOf(need.Service), ct), ct), orKnown: true);
    }

    private static async Task EnterOutageAsync(DemoStage stage, DemoTroubles troubles, CancellationToken ct)
    {
        var owner = await OwnerAsync(stage, "buying", ct);
        var known = stage.Check(DemoDependencies.PaymentVendor, await stage.Get<GetVendor.Handler>().HandleAsync(new GetVendor(DemoDependencies.PaymentVendor), owner, ct));
        if (known is not { Outages.Count: 0 })
            return;
        var outage = troubles.Of("payments").First(t => t.From == troubles.VendorOutage);
        stage.Check("outage", await stage.Get<RecordOutage.Handler>().HandleAsync(
            new RecordOutage(DemoDependencies.PaymentVendor, outage.From, outage.From + outage.Lasts, $"https://status.{DemoDependencies.PaymentVendor}.example/incidents/authorisations",
                "Authorisations timed out in all regions; the vendor confirmed a failed database switch."), owner, ct));
    }

    private static async Task AssessAsync(DemoStage stage, DateTimeOffset end, CancellationToken ct)
    {
        var risks = stage.Check("risks", await stage.Get<ListRisks.Handler>().HandleAsync(new ListRisks(), Actor.System("demo"), ct)) ?? [];
        foreach (var risk in DemoDependencies.Risks)
        {
            if (risks.FirstOrDefault(r => r.Service == risk.Service && r.Vendor == risk.Vendor) is not { State: null } open)
                continue;
            var owner = await stage.ActorAsync(risk.Owner, ct);
            stage.Check(risk.Vendor, await stage.Get<AssessRisk.Handler>().HandleAsync(
                new AssessRisk(open.Dependency, owner.PersonId, DateOnly.FromDateTime(end.UtcDateTime).AddDays(risk.ReviewIn), risk.State, risk.Note, null), owner, ct));
        }
    }

    private static async Task WeighAsync(DemoStage stage, CancellationToken ct)
    {
        foreach (var impact in DemoImpacts.All)
        {
            var owner = await OwnerAsync(stage, TeamOf(impact.Service), ct);
            // A conflict means that it was said already.
            stage.Check(impact.Service, await stage.Get<DescribeImpact.Handler>().HandleAsync(
                new DescribeImpact(impact.Service, impact.Revenue, "EUR", impact.Users, impact.Frameworks, impact.Contracts, null), owner, ct), orKnown: true);
        }

        stage.Check(DemoImpacts.DecidedService, await stage.Get<OverrideScore.Handler>().HandleAsync(
            new OverrideScore(DemoImpacts.DecidedService, ServiceTier.Standard, PromiseKind.Slo, DemoImpacts.Rationale),
            await OwnerAsync(stage, TeamOf(DemoImpacts.DecidedService), ct), ct));
    }

    private static string TeamOf(string service) => service == DemoDependencies.Unmeasured ? "buying" : DemoServices.Named(service).Team;

    private static Task<Actor> OwnerAsync(DemoStage stage, string team, CancellationToken ct) =>
        stage.ActorAsync(DemoPeople.People.First(p => p.Role == Role.ServiceOwner && p.Teams.Contains(team)).Key, ct);
}
