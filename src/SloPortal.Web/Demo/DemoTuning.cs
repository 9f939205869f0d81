using SloPortal.Application.Budgets.Tuning;
using SloPortal.Domain.Budgets.Tuning;
using SloPortal.Web.Demo.Story;

namespace SloPortal.Web.Demo;

/// <summary>What the people of the story said of alerts that woke them for nothing. What was marked already is marked no second time.</summary>
internal static class DemoTuning
{
    private const string Service = "mobile-gateway";
    private const string Objective = "apps-get-in";
    private const string Owner = "jonas";

    public static DemoStep Of(DemoTroubles troubles) => new(troubles.GatewaySwitch.AddHours(15), async (stage, ct) =>
    {
        var owner = await stage.ActorAsync(Owner, ct);
        var known = stage.Check(Objective, await stage.Get<ListAlertLabels.Handler>().HandleAsync(new ListAlertLabels(Service, Objective), owner, ct));
        if (known is null || known.Labels.Any(l => l.Mark is not null))
            return;
        stage.Check(Objective, await stage.Get<MarkInterval.Handler>().HandleAsync(
            new MarkInterval(Service, Objective, troubles.GatewaySwitch.AddMinutes(-5), troubles.GatewaySwitch.AddMinutes(60), LabelKind.ShouldNot,
                "The announced change of certificates: the apps tried again by themselves, and nobody had to be woken."), owner, ct));
    });
}
