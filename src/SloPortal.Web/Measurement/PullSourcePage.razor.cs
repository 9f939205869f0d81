using System.Globalization;
using Microsoft.AspNetCore.Components;
using SloPortal.Application.Access;
using SloPortal.Application.Measurement.Sources;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Web.Access;
using SloPortal.Web.Common;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Measurement;

/// <summary>Adds or changes a server that is pulled.</summary>
public sealed partial class PullSourcePage
{
    private static readonly IReadOnlyList<Crumb> Way = [new("Sources", Routes.Sources)];

    private string? name = "";
    private string? url = "";
    private string? every = "60";
    private string? authorization;
    private bool hasAuthorization;
    private bool removeAuthorization;
    private string? tested;
    private bool testFailed;
    private bool busy;
    private Refusal? refusal;
    private Refusal? denial;

    [Inject] private GetSource.Handler Get { get; set; } = default!;

    [Inject] private CreatePullSource.Handler Create { get; set; } = default!;

    [Inject] private UpdatePullSource.Handler Update { get; set; } = default!;

    [Inject] private TestPullSource.Handler Test { get; set; } = default!;

    [Inject] private CurrentActor Current { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    /// <summary>The source to change; null adds one.</summary>
    [Parameter] public int? Id { get; set; }

    private string? NewAuthorization => removeAuthorization ? "" : string.IsNullOrEmpty(authorization) ? null : authorization;

    protected override async Task ReadAsync()
    {
        var actor = await Current.GetAsync();
        if (!actor.May(Permission.Administer))
        {
            denial = Denial.Of(actor, Permission.Administer);
            return;
        }
        if (Id is not { } id)
            return;
        var outcome = await Get.HandleAsync(new GetSource(id), actor, default);
        denial = outcome.Succeeded && (!outcome.Value.MayChange || outcome.Value.Row.Kind != SourceKind.Pull) ? Refusal.NotFound("A server to pull of this number") : outcome.Refusal;
        if (denial is null)
            (name, url, every, hasAuthorization) = (outcome.Value!.Row.Name, outcome.Value.Row.Url, outcome.Value.PullEvery?.TotalSeconds.ToString("0", CultureInfo.InvariantCulture), outcome.Value.HasAuthorization);
    }

    private async Task SaveAsync()
    {
        busy = true;
        var actor = await Current.GetAsync();
        var seconds = int.TryParse(every, CultureInfo.InvariantCulture, out var given) ? given : 0;
        if (Id is { } id)
        {
            refusal = (await Update.HandleAsync(new UpdatePullSource(id, name ?? "", url ?? "", seconds, NewAuthorization), actor, default)).Refusal;
            if (refusal is null)
                Navigation.NavigateTo(Routes.Source(id));
        }
        else
        {
            var outcome = await Create.HandleAsync(new CreatePullSource(name ?? "", url ?? "", seconds, NewAuthorization), actor, default);
            refusal = outcome.Refusal;
            if (outcome.Succeeded)
                Navigation.NavigateTo(Routes.Source(outcome.Value));
        }
        busy = false;
    }

    private async Task TestAsync()
    {
        busy = true;
        var outcome = await Test.HandleAsync(new TestPullSource(url ?? "", NewAuthorization, Id), await Current.GetAsync(), default).OrUnanswered();
        (tested, testFailed, busy) = (outcome.Succeeded ? $"It answers, and knows {outcome.Value.Metrics.ToString("N0", CultureInfo.InvariantCulture)} metrics." : outcome.Refusal.Message, !outcome.Succeeded, false);
    }
}
