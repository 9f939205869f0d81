using SloPortal.Application.Governance.Retention;
using SloPortal.Domain.Measurement.Retention;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Governance.Retention;

internal sealed record RetentionBody(int? Days, string Reason, uint Version);

internal sealed record AppliesBody(bool Applies, string Reason);

internal static class RetentionEndpoints
{
    public static void MapRetention(this RouteGroupBuilder api)
    {
        var retention = api.MapGroup("/retention").WithTags("Retention");

        retention.MapGet("/", async (GetRetention.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetRetention(), await current.GetAsync(ct), ct)).ToOk())
            .WithName("GetRetention").WithSummary("How long data is kept and why, how much there is, the legal holds, and what was removed");

        retention.MapPut("/{kind}", async (string kind, RetentionBody body, ChangeRetention.Handler change, CurrentActor current, CancellationToken ct) =>
                (await change.HandleAsync(new ChangeRetention(KindOf(kind), body.Days, body.Reason, body.Version), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("ChangeRetention").WithSummary("Changes for how long data of one kind is kept; refused below what a framework or a window asks for");

        retention.MapGet("/{kind}/preview", async (string kind, int days, PreviewPurge.Handler preview, CurrentActor current, CancellationToken ct) =>
                (await preview.HandleAsync(new PreviewPurge(KindOf(kind), days), await current.GetAsync(ct), ct)).ToOk())
            .WithName("PreviewPurge").WithSummary("What a rule of so many days would remove now, and what holds would keep");

        retention.MapPost("/minima", async (AddFrameworkMinimum request, AddFrameworkMinimum.Handler add, CurrentActor current, CancellationToken ct) =>
                (await add.HandleAsync(request, await current.GetAsync(ct), ct)).ToCreated(_ => "/api/v1/retention"))
            .WithName("AddFrameworkMinimum").WithSummary("Adds how long a framework asks that data is kept; answers its id");

        retention.MapPost("/minima/{id:guid}/applies", async (Guid id, AppliesBody body, ApplyFrameworkMinimum.Handler apply, CurrentActor current, CancellationToken ct) =>
                (await apply.HandleAsync(new ApplyFrameworkMinimum(id, body.Applies, body.Reason), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("ApplyFrameworkMinimum").WithSummary("Says whether a minimum binds here");

        retention.MapPost("/holds", async (PlaceLegalHold request, PlaceLegalHold.Handler place, CurrentActor current, CancellationToken ct) =>
                (await place.HandleAsync(request, await current.GetAsync(ct), ct)).ToCreated(_ => "/api/v1/retention"))
            .WithName("PlaceLegalHold").WithSummary("Keeps everything of a service, or of the services of an incident; answers the id of the hold");

        retention.MapPost("/holds/{id:guid}/release", async (Guid id, ContractReasonBody body, ReleaseLegalHold.Handler release, CurrentActor current, CancellationToken ct) =>
                (await release.HandleAsync(new ReleaseLegalHold(id, body.Reason), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("ReleaseLegalHold").WithSummary("Lets the rules count again for what was held");
    }

    /// <summary>A path is written as JSON writes the names of kinds. What is none is refused as what has no rule.</summary>
    private static RetentionClass KindOf(string text) =>
        Enum.TryParse<RetentionClass>(text, ignoreCase: true, out var kind) && Enum.IsDefined(kind) && !char.IsAsciiDigit(text[0]) ? kind : (RetentionClass)(-1);
}
