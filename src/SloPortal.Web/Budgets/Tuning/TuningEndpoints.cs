using SloPortal.Application.Budgets.Policies;
using SloPortal.Application.Budgets.Tuning;
using SloPortal.Domain.Budgets.Tuning;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Budgets.Tuning;

internal static class TuningEndpoints
{
    public static void MapTuning(this RouteGroupBuilder api)
    {
        var tuning = api.MapGroup("/").WithTags("Alerts");

        tuning.MapPost("/alert-policies/{id:guid}/back-tests", async (Guid id, BackTestAsked asked, TestAlertPolicy.Handler test, CurrentActor current, CancellationToken ct) =>
                (await test.HandleAsync(new TestAlertPolicy(id, asked.Rules, asked.Service, asked.Objective, asked.Days ?? 30, asked.Zone), await current.GetAsync(ct), ct)).ToOk())
            .WithName("TestAlertPolicy").WithSummary("What rules would have done over 30 or 90 days of history, beside the policy in force");

        var objective = tuning.MapGroup("/objectives/{service}/{slug}");
        objective.MapGet("/alert-sweep", async (string service, string slug, int? days, string? zone, SweepAlertPolicy.Handler sweep, CurrentActor current, CancellationToken ct) =>
                (await sweep.HandleAsync(new SweepAlertPolicy(service, slug, days ?? 90, zone), await current.GetAsync(ct), ct)).ToOk())
            .WithName("SweepAlertPolicy").WithSummary("The frontier of missed budget against pages a week, with a proposal");
        objective.MapGet("/alert-labels", async (string service, string slug, ListAlertLabels.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(new ListAlertLabels(service, slug), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListAlertLabels").WithSummary("What alerts are held against: incidents and marked intervals of the last 90 days");
        objective.MapPost("/alert-labels", async (string service, string slug, IntervalMarked marked, MarkInterval.Handler mark, CurrentActor current, CancellationToken ct) =>
                (await mark.HandleAsync(new MarkInterval(service, slug, marked.From, marked.To, marked.Kind, marked.Reason), await current.GetAsync(ct), ct))
                .ToCreated(label => $"/api/v1/objectives/{service}/{slug}/alert-labels/{label}"))
            .WithName("MarkInterval").WithSummary("Marks an interval as one that should have paged, or that should not");
        objective.MapDelete("/alert-labels/{id:guid}", async (string service, string slug, Guid id, UnmarkInterval.Handler unmark, CurrentActor current, CancellationToken ct) =>
                (await unmark.HandleAsync(new UnmarkInterval(service, slug, id), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("UnmarkInterval").WithSummary("Takes a mark back");
    }
}

/// <param name="Rules">Those to be tried; without them the ones in force are.</param>
/// <param name="Zone">By whose clock nights are told; the reader's own without it.</param>
internal sealed record BackTestAsked(IReadOnlyList<RuleInput>? Rules, string? Service, string? Objective, int? Days, string? Zone);

internal sealed record IntervalMarked(DateTimeOffset From, DateTimeOffset To, LabelKind Kind, string Reason);
