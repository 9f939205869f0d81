using SloPortal.Application.Budgets.Coverage;
using SloPortal.Application.Catalog.Journeys;
using SloPortal.Application.Measurement.Coverage;
using SloPortal.Domain.Measurement.Coverage;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Budgets.Coverage;

internal static class CoverageEndpoints
{
    public static void MapCoverage(this RouteGroupBuilder api)
    {
        api.MapGet("/coverage", async (GetCoverage.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetCoverage(), await current.GetAsync(ct), ct)).ToOk())
            .WithTags("Budgets").WithName("GetCoverage").WithSummary("Journeys against classes of failures, with what covers each and where nothing does");

        var journeys = api.MapGroup("/journeys").WithTags("Catalog");

        journeys.MapPost("/", async (CreateJourney request, CreateJourney.Handler create, CurrentActor current, CancellationToken ct) =>
                (await create.HandleAsync(request, await current.GetAsync(ct), ct)).ToCreated(_ => "/api/v1/coverage"))
            .WithName("CreateJourney").WithSummary("Says what users come to do and which services that needs");

        journeys.MapPut("/{slug}", async (string slug, JourneyBody body, UpdateJourney.Handler update, CurrentActor current, CancellationToken ct) =>
                (await update.HandleAsync(new UpdateJourney(slug, body.Name, body.Steps, body.OwnerTeam, body.Services, body.Position, body.Version), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("UpdateJourney").WithSummary("Describes a journey anew; 409 when its version has moved on");

        journeys.MapPost("/{slug}/archive", async (string slug, ArchiveJourney.Handler archive, CurrentActor current, CancellationToken ct) =>
                (await archive.HandleAsync(new ArchiveJourney(slug), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("ArchiveJourney").WithSummary("Takes a journey out of the matrix");

        journeys.MapGet("/{slug}/slis", async (string slug, ListCoverChoices.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(new ListCoverChoices(slug), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListCoverChoices").WithSummary("The SLIs of a journey's services, with the class of failures that each notices by its definition");

        journeys.MapPut("/{slug}/covers/{failure}", async (string slug, EnumWord<FailureClass> failure, CoversBody body, CoverFailure.Handler cover, CurrentActor current, CancellationToken ct) =>
                (await cover.HandleAsync(new CoverFailure(slug, failure.Value, body.Slis), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("CoverFailure").WithSummary("Says which SLIs notice a class of failures; these and no others");

        journeys.MapPut("/{slug}/gaps/{failure}", async (string slug, EnumWord<FailureClass> failure, GapBody body, AcceptGap.Handler accept, CurrentActor current, CancellationToken ct) =>
                (await accept.HandleAsync(new AcceptGap(slug, failure.Value, body.Reason, body.ReviewOn, body.Password), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("AcceptGap").WithSummary("Signs why nothing notices a class of failures, until a day of review; from a browser session, with the password once more");

        journeys.MapDelete("/{slug}/gaps/{failure}", async (string slug, EnumWord<FailureClass> failure, TakeGapBack.Handler back, CurrentActor current, CancellationToken ct) =>
                (await back.HandleAsync(new TakeGapBack(slug, failure.Value), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("TakeGapBack").WithSummary("Accepts a gap no more");
    }

    internal sealed record JourneyBody(string Name, string Steps, string OwnerTeam, IReadOnlyList<string> Services, int Position, uint Version);

    internal sealed record CoversBody(IReadOnlyList<int> Slis);

    internal sealed record GapBody(string Reason, DateOnly ReviewOn, string? Password = null);
}
