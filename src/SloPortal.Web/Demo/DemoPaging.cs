using SloPortal.Application.Incidents.Escalation.Policies;
using SloPortal.Application.Incidents.OnCall.Schedules;
using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.Domain.Incidents.Escalation;
using SloPortal.Web.Demo.Story;

namespace SloPortal.Web.Demo;

/// <summary>Who is called about the teams' signals: first who is on call, then the platform's, so that a night without anybody on call has somebody behind it.</summary>
internal static class DemoPaging
{
    /// <param name="Schedules">Slugs, called one after the other.</param>
    private sealed record Calls(string Team, string Name, params string[] Schedules);

    private static readonly Calls[] All =
    [
        new("platform", "Platform", "platform"),
        new("buying", "Checkout, then platform", "checkout-by-day", "platform"),
        new("discovery", "Search, then platform", "search", "platform"),
    ];

    /// <summary>Once the schedules are there.</summary>
    public static IEnumerable<DemoStep> Of(DateTimeOffset end, double pace) => [new((end - (TimeSpan.FromDays(10) * pace)).AddMinutes(1), AddAsync)];

    private static async Task AddAsync(DemoStage stage, CancellationToken ct)
    {
        var ines = await stage.ActorAsync(DemoPeople.Administrator, ct);
        if (stage.Check("policies", await stage.Get<ListEscalationPolicies.Handler>().HandleAsync(new ListEscalationPolicies(), ines, ct)) is not { Count: 0 })
            return;
        var schedules = (stage.Check("schedules", await stage.Get<ListSchedules.Handler>().HandleAsync(new ListSchedules(), ines, ct)) ?? []).ToDictionary(s => s.Slug, s => s.Id);
        foreach (var calls in All)
        {
            IReadOnlyList<LevelGiven> levels = [.. calls.Schedules.Select(s => new LevelGiven(10, [new EscalationTarget(EscalationTargetKind.Schedule, schedules[s])]))];
            var policy = stage.Check(calls.Name, await stage.Get<CreateEscalationPolicy.Handler>().HandleAsync(new CreateEscalationPolicy(calls.Team, calls.Name, levels, Repeats: 1), ines, ct));
            IReadOnlyList<RuleGiven> rules = [new(SignalSeverity.Critical, Policy: policy), new(SignalSeverity.Error, Hours: PagingHours.Business, Policy: policy), new(SignalSeverity.Info, Action: PagingAction.Record)];
            stage.Check(calls.Team, await stage.Get<SetPagingRules.Handler>().HandleAsync(new SetPagingRules(calls.Team, rules), ines, ct));
        }
    }
}
