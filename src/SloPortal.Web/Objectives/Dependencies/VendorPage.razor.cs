using System.Globalization;
using Microsoft.AspNetCore.Components;
using SloPortal.Application.Catalog.Vendors;
using SloPortal.Application.Measurement.Slis;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Objectives.Dependencies;

/// <summary>One vendor: who needs it, what measures it, and its outages as people entered them.</summary>
public sealed partial class VendorPage
{
    private static readonly IReadOnlyList<Crumb> Way = [new("Vendors", Routes.Vendors)];

    private ElementReference first;
    private Refusal? refusal;
    private Refusal? trouble;
    private bool busy;
    private bool entering;
    private bool justBegun;
    private Guid? correcting;
    private Guid? withdrawing;
    private DateTime startedAt;
    private DateTime? endedAt;
    private string? source;
    private string? reason;
    private string? why;
    private IReadOnlyList<SliRow> slis = [];

    [Inject] private GetVendor.Handler Get { get; set; } = default!;
    [Inject] private ListSlis.Handler ListSlis { get; set; } = default!;
    [Inject] private RecordOutage.Handler Record { get; set; } = default!;
    [Inject] private CorrectOutage.Handler Correct { get; set; } = default!;
    [Inject] private WithdrawOutage.Handler Withdraw { get; set; } = default!;
    [Inject] private ArchiveVendor.Handler Archive { get; set; } = default!;
    [Inject] private RestoreVendor.Handler Restore { get; set; } = default!;
    [Inject] private MeasureVendor.Handler Measure { get; set; } = default!;

    [Parameter] public string Slug { get; set; } = "";

    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    private VendorDetails? Vendor { get; set; }

    protected override IReadOnlyList<string> Topics { get; } = ["vendors", "dependencies"];

    private string Standing => Vendor!.Services.Count switch
    {
        0 => $"No service needs it. {Vendor.TeamName} keeps the contact.",
        1 => $"{Vendor.Services[0].Name} needs it. {Vendor.TeamName} keeps the contact.",
        var n => $"{n} services need it. {Vendor.TeamName} keeps the contact.",
    };

    protected override async Task OnParametersSetAsync()
    {
        if (Vendor?.Slug != Slug)
            await ReadAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var asked = Slug;
        var outcome = await Get.HandleAsync(new GetVendor(asked), actor, Left);
        if (outcome.Value?.MayChange == true && slis.Count == 0)
            slis = (await ListSlis.HandleAsync(new ListSlis(), actor, Left)).Value ?? [];
        if (asked == Slug)
            (Vendor, refusal) = (outcome.Value, outcome.Refusal);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (justBegun)
        {
            justBegun = false;
            await first.FocusAsync();
        }
    }

    private void Begin(OutageRow? outage)
    {
        (entering, justBegun, trouble, withdrawing, correcting) = (true, true, null, null, outage?.Id);
        (source, reason) = (outage?.Source ?? "", outage?.Reason ?? "");
        startedAt = ReaderZone.Wall(outage?.StartedAt ?? MinuteClock.Floor(Now), Zone);
        endedAt = outage?.EndedAt is { } end ? ReaderZone.Wall(end, Zone) : null;
    }

    private void Ask(Guid outage) => (withdrawing, entering, trouble, why) = (outage, false, null, "");

    private async Task SaveAsync()
    {
        busy = true;
        var actor = await Current.GetAsync(Left);
        var (from, to) = (ReaderZone.Instant(startedAt, Zone), endedAt is { } end ? ReaderZone.Instant(end, Zone) : (DateTimeOffset?)null);
        trouble = correcting is { } id
            ? (await Correct.HandleAsync(new CorrectOutage(Slug, id, from, to, source ?? "", reason ?? ""), actor, Left)).Refusal
            : (await Record.HandleAsync(new RecordOutage(Slug, from, to, source ?? "", reason ?? ""), actor, Left)).Refusal;
        busy = false;
        if (trouble is not null)
            return;
        entering = false;
        await ReadAsync();
    }

    private async Task WithdrawAsync()
    {
        busy = true;
        trouble = (await Withdraw.HandleAsync(new WithdrawOutage(Slug, withdrawing!.Value, why ?? ""), await Current.GetAsync(Left), Left)).Refusal;
        busy = false;
        if (trouble is not null)
            return;
        withdrawing = null;
        await ReadAsync();
    }

    private Task ArchiveAsync() => DoAsync(actor => Archive.HandleAsync(new ArchiveVendor(Slug), actor, Left));

    private Task RestoreAsync() => DoAsync(actor => Restore.HandleAsync(new RestoreVendor(Slug), actor, Left));

    private async Task DoAsync(Func<Actor, Task<Outcome<Done>>> change)
    {
        (busy, entering, withdrawing) = (true, false, null);
        trouble = (await change(await Current.GetAsync(Left))).Refusal;
        busy = false;
        await ReadAsync();
    }

    private async Task MeasureAsync(ChangeEventArgs change)
    {
        int? sli = int.TryParse(change.Value as string, CultureInfo.InvariantCulture, out var id) ? id : null;
        refusal = (await Measure.HandleAsync(new MeasureVendor(Slug, sli), await Current.GetAsync(Left), Left)).Refusal;
        await ReadAsync();
    }
}
