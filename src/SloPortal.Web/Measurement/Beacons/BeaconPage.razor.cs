using System.Globalization;
using Microsoft.AspNetCore.Components;
using SloPortal.Application.Access;
using SloPortal.Application.Catalog;
using SloPortal.Application.Measurement.Beacons;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Beacons;
using SloPortal.Web.Access;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Measurement.Beacons;

/// <summary>Adds or changes a beacon.</summary>
public sealed partial class BeaconPage
{
    private static readonly IReadOnlyList<Crumb> Way = [new("Sources", Routes.Sources)];

    private IReadOnlyList<ServiceRow> services = [];
    private string? name = "";
    private string service = "";
    private string? fast = "2500";
    private string? origins;
    private string? rate = "100";
    private string? groups;
    private bool busy;
    private Refusal? refusal;
    private Refusal? denial;

    [Inject] private GetBeacon.Handler Get { get; set; } = default!;
    [Inject] private CreateBeacon.Handler Create { get; set; } = default!;
    [Inject] private UpdateBeacon.Handler Update { get; set; } = default!;
    [Inject] private ListServices.Handler Services { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;

    /// <summary>The beacon to change; null adds one.</summary>
    [Parameter] public int? Id { get; set; }

    private double SampleRate => double.TryParse(rate, CultureInfo.InvariantCulture, out var percent) ? percent / 100 : -1;

    protected override async Task ReadAsync()
    {
        var actor = await Current.GetAsync();
        if (!actor.May(Permission.OwnServices))
        {
            denial = Denial.Of(actor, Permission.OwnServices);
            return;
        }
        if (Id is not { } id)
        {
            services = (await Services.HandleAsync(new ListServices(), actor, default)).Value ?? [];
            return;
        }
        var outcome = await Get.HandleAsync(new GetBeacon(id), actor, default);
        denial = outcome.Refusal ?? (outcome.Value!.MayChange ? null : Denial.OfTeam($"of {outcome.Value.ServiceName}"));
        if (outcome.Value is { } beacon)
        {
            (name, origins, rate) = (beacon.Name, string.Join('\n', beacon.Origins), (beacon.SampleRate * 100).ToString("0.###", CultureInfo.InvariantCulture));
            groups = string.Join('\n', beacon.Groups.Select(g => $"{g.Pattern} {g.Name}"));
        }
    }

    private async Task SaveAsync()
    {
        if (busy)
            return;
        busy = true;
        var actor = await Current.GetAsync();
        if (Id is { } id)
        {
            refusal = (await Update.HandleAsync(new UpdateBeacon(id, name ?? "", Lines(origins), SampleRate, GroupsOf(groups)), actor, default)).Refusal;
            if (refusal is null)
                Navigation.NavigateTo(Routes.Source(id));
        }
        else
        {
            var limit = int.TryParse(fast, CultureInfo.InvariantCulture, out var ms) ? ms : -1;
            var outcome = await Create.HandleAsync(new CreateBeacon(name ?? "", service, Lines(origins), SampleRate, limit, GroupsOf(groups)), actor, default);
            refusal = outcome.Refusal;
            if (outcome.Succeeded)
                Navigation.NavigateTo(Routes.Source(outcome.Value));
        }
        busy = false;
    }

    private static string[] Lines(string? text) => (text ?? "").Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>A line without a name becomes a group without one, which is then refused.</summary>
    private static IReadOnlyList<PageGroup> GroupsOf(string? text) =>
        [.. Lines(text).Select(l => l.Split(' ', 2, StringSplitOptions.TrimEntries)).Select(p => new PageGroup(p[0], p.Length > 1 ? p[1] : ""))];
}
