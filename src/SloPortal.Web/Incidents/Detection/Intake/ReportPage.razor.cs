using Microsoft.AspNetCore.Components;
using SloPortal.Application.Access;
using SloPortal.Application.Catalog;
using SloPortal.Application.Incidents.Detection.Intake;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Web.Access;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents.Detection.Intake;

/// <summary>Where anybody who is signed in says that something is wrong.</summary>
public sealed partial class ReportPage
{
    private static readonly IReadOnlyList<Crumb> Way = [new("Signals", Routes.Signals)];

    private static readonly (ReportReach Value, string Word, string More)[] Reaches =
    [
        (ReportReach.OnlyMe, "Only me", "Others see nothing, or I do not know."),
        (ReportReach.Several, "Several people", "Others told me the same."),
        (ReportReach.Everybody, "Everybody", "It does not work at all."),
    ];

    private string? service;
    private string? what;
    private DateTime? since;
    private ReportReach reach;
    private bool busy;
    private Guid? sent;
    private Refusal? denial;
    private Refusal? refusal;

    [Inject] private ReportProblem.Handler Report { get; set; } = default!;
    [Inject] private ListServices.Handler Services { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;

    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    /// <summary>The service about which somebody reads, when they come from its page.</summary>
    [SupplyParameterFromQuery] private string? Service { get; set; }

    /// <summary>The services to choose from, handed from the prerendered page to the live one.</summary>
    [PersistentState] public IReadOnlyList<Choice>? Offered { get; set; }

    protected override async Task OnInitializedAsync()
    {
        if (Offered is null)
            await ReadAsync();
        service = Offered?.FirstOrDefault(s => s.Value == Service)?.Value;
    }

    private async Task ReadAsync()
    {
        var actor = await Current.GetAsync();
        if (!actor.May(Permission.Respond))
        {
            denial = Denial.Of(actor, Permission.Respond);
            return;
        }
        Offered = [.. ((await Services.HandleAsync(new ListServices(), actor, default)).Value ?? []).Select(s => new Choice(s.Slug, s.Name))];
    }

    private async Task SendAsync()
    {
        busy = true;
        var outcome = await Report.HandleAsync(
            new ReportProblem(service ?? "", what ?? "", reach, since is { } wall ? ReaderZone.Instant(wall, Zone) : null), await Current.GetAsync(), default);
        (refusal, busy, sent) = (outcome.Refusal, false, outcome.Succeeded ? outcome.Value : null);
        if (outcome.Succeeded)
            (what, since) = (null, null);
    }
}
