using SloPortal.Application.Incidents.Escalation.Policies;
using SloPortal.Application.Incidents.Escalation.Quiet;
using SloPortal.Application.Incidents.OnCall.Schedules;
using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.Domain.Incidents.Escalation;
using SloPortal.Domain.Incidents.Escalation.Quiet;
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
    public static IEnumerable<DemoStep> Of(DateTimeOffset end, double pace) => [new((end - (TimeSpan.FromDays(10) * pace)).AddMinutes(1), AddAsync), new(end.AddHours(-3), SilenceAsync)];

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
            var quiet = new QuietTerms(PagesPerHour: 6);
            IReadOnlyList<RuleGiven> rules =
            [
                new(SignalSeverity.Critical, Policy: policy, Quiet: quiet),
                new(SignalSeverity.Error, Hours: PagingHours.Business, Policy: policy, Quiet: quiet with { UnderDependency = true }),
                new(SignalSeverity.Info, Action: PagingAction.Record),
            ];
            stage.Check(calls.Team, await stage.Get<SetPagingRules.Handler>().HandleAsync(new SetPagingRules(calls.Team, rules), ines, ct));
        }
    }

    /// <summary>For the work of tomorrow night.</summary>
    private static async Task SilenceAsync(DemoStage stage, CancellationToken ct)
    {
        var jonas = await stage.ActorAsync("jonas", ct);
        if (stage.Check("silences", await stage.Get<ListSilences.Handler>().HandleAsync(new ListSilences(), jonas, ct)) is not { Silences.Total: 0 })
            return;
        var night = new DateTimeOffset(stage.Clock.GetUtcNow().UtcDateTime.Date.AddDays(1).AddHours(21), TimeSpan.Zero);
        stage.Check("silence", await stage.Get<PlanSilence.Handler>().HandleAsync(
            new PlanSilence("platform", null, [new LabelCondition("instance", LabelComparison.Matches, "db-.*")], night, night.AddMinutes(90), "The database servers get new disks, one after the other."), jonas, ct));
    }
}
