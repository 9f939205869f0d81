using System.Globalization;
using Microsoft.AspNetCore.Components;
using SloPortal.Application.Governance.Retention;
using SloPortal.Domain.Common;
using SloPortal.Web.Access;

namespace SloPortal.Web.Governance.Retention;

/// <summary>What is kept whatever the rules say.</summary>
public sealed partial class HoldsPanel
{
    private Guid? releasing;
    private Refusal? trouble;
    private string? service;
    private string? incident;
    private string? reason;
    private bool placing;
    private bool busy;

    [Parameter, EditorRequired] public IReadOnlyList<LegalHoldRow> Holds { get; set; } = [];

    [Parameter, EditorRequired] public bool MayChange { get; set; }

    [Parameter, EditorRequired] public DateTimeOffset Now { get; set; }

    [Parameter, EditorRequired] public EventCallback Changed { get; set; }

    [Inject] private PlaceLegalHold.Handler Place { get; set; } = default!;
    [Inject] private ReleaseLegalHold.Handler Release { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;

    private void Begin() => (placing, service, incident, reason, trouble) = (true, null, null, null, null);

    private async Task PlaceAsync()
    {
        int? number = null;
        if (!string.IsNullOrWhiteSpace(incident))
        {
            var digits = incident.Trim().StartsWith("INC-", StringComparison.OrdinalIgnoreCase) ? incident.Trim()[4..] : incident.Trim();
            if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var read))
            {
                trouble = Refusal.Invalid(nameof(PlaceLegalHold.Incident), "Give the number of the incident, such as 42.");
                return;
            }
            number = read;
        }
        if (await DoAsync(async actor => (await Place.HandleAsync(new PlaceLegalHold(string.IsNullOrWhiteSpace(service) ? null : service.Trim(), number, reason ?? ""), actor, default)).Refusal))
            placing = false;
    }

    private async Task ReleaseAsync()
    {
        if (releasing is { } id && await DoAsync(async actor => (await Release.HandleAsync(new ReleaseLegalHold(id, reason ?? ""), actor, default)).Refusal))
            releasing = null;
    }

    private async Task<bool> DoAsync(Func<Domain.Access.Actor, Task<Refusal?>> deed)
    {
        if (busy)
            return false;
        busy = true;
        trouble = await deed(await Current.GetAsync());
        busy = false;
        if (trouble is null)
            await Changed.InvokeAsync();
        return trouble is null;
    }
}
