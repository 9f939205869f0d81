using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;
using SloPortal.Application.Catalog;
using SloPortal.Application.Measurement.Files;
using SloPortal.Application.Measurement.Slis;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Web.Access;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Measurement.Files;

/// <summary>Takes a file or pasted rows for an SLI, which can be made on the way; then its rows are looked at.</summary>
public sealed partial class NewFilePage : IDisposable
{
    private const string Another = "new";

    private static readonly IReadOnlyList<Crumb> Way = [new("Sources", Routes.Sources)];

    private readonly CancellationTokenSource left = new();
    private IReadOnlyList<FeedableSli>? slis;
    private IReadOnlyList<ServiceRow> services = [];
    private string chosen = "";
    private string source = "";
    private string service = "";
    private string? name;
    private string text = "";
    private IBrowserFile? file;
    private int? sent;
    private bool busy;
    private Refusal? refusal;
    private Refusal? denial;

    [Inject] private ListFeedableSlis.Handler List { get; set; } = default!;
    [Inject] private ListServices.Handler ListServices { get; set; } = default!;
    [Inject] private CreateSli.Handler Create { get; set; } = default!;
    [Inject] private StageFile.Handler Stage { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [SupplyParameterFromQuery(Name = "sli")] public int? FromSli { get; set; }

    [SupplyParameterFromQuery(Name = "source")] public int? FromSource { get; set; }

    private IReadOnlyList<FeedName> Sources => slis?.FirstOrDefault(s => s.Id.ToString(CultureInfo.InvariantCulture) == chosen)?.Sources ?? [];

    protected override async Task OnInitializedAsync()
    {
        var actor = await Current.GetAsync(left.Token);
        var outcome = await List.HandleAsync(new ListFeedableSlis(), actor, left.Token);
        (slis, denial) = (outcome.Value, outcome.Refusal);
        if (slis is null)
            return;
        if (actor.May(Permission.OwnServices))
            services = (await ListServices.HandleAsync(new ListServices(), actor, left.Token)).Value ?? [];
        var begin = slis.FirstOrDefault(s => FromSource is { } id ? s.Sources.Any(f => f.Id == id) : s.Id == FromSli) ?? (slis.Count == 1 ? slis[0] : null);
        chosen = begin?.Id.ToString(CultureInfo.InvariantCulture) ?? (slis.Count == 0 && services.Count > 0 ? Another : "");
        source = FromSource is { } from && begin?.Sources.Any(f => f.Id == from) == true ? from.ToString(CultureInfo.InvariantCulture) : Proposed;
    }

    public void Dispose()
    {
        left.Cancel();
        left.Dispose();
    }

    /// <summary>The only source there is, since the next file is mostly like the last.</summary>
    private string Proposed => Sources is [var only] ? only.Id.ToString(CultureInfo.InvariantCulture) : "";

    private bool Missing(string field) => refusal?.Fields?.ContainsKey(field) == true;

    private void Choose(ChangeEventArgs change) => (chosen, source) = (change.Value?.ToString() ?? "", Proposed);

    private async Task BringAsync()
    {
        if (busy)
            return;
        if (file is null && string.IsNullOrWhiteSpace(text))
        {
            refusal = Refusal.Invalid("Choose a file or paste rows.");
            return;
        }
        busy = true;
        try
        {
            var sli = await SliAsync();
            if (!sli.Succeeded)
            {
                refusal = sli.Refusal;
                return;
            }
            var outcome = await StageAsync(sli.Value);
            refusal = outcome.Refusal;
            if (outcome.Succeeded)
                Navigation.NavigateTo(Routes.File(outcome.Value));
        }
        catch (Exception e) when (e is IOException or JSException)
        {
            refusal = Refusal.Invalid("The file could not be read to its end: it changed, or the connection was lost. Choose it again.");
        }
        finally
        {
            (busy, sent) = (false, null);
        }
    }

    /// <summary>The SLI that was chosen, or a new one, which is chosen from then on.</summary>
    private async Task<Outcome<int>> SliAsync()
    {
        if (int.TryParse(chosen, CultureInfo.InvariantCulture, out var id))
            return id;
        if (chosen != Another)
            return Refusal.Invalid("SliId", "Choose the SLI for which the rows count.");
        var actor = await Current.GetAsync(left.Token);
        var outcome = await Create.HandleAsync(new CreateSli(service, SlugOf(name), name ?? "", "", null, new SliDraft { Kind = SliKind.Pushed }), actor, left.Token);
        if (!outcome.Succeeded)
            return outcome.Refusal.Fields?.ContainsKey("Slug") == true ? Refusal.Invalid("Name", "Choose another name; the service has an SLI that is called so, or it has no letters.") : outcome.Refusal;
        slis = (await List.HandleAsync(new ListFeedableSlis(), actor, left.Token)).Value ?? slis;
        chosen = outcome.Value.ToString(CultureInfo.InvariantCulture);
        return outcome.Value;
    }

    private async Task<Outcome<Guid>> StageAsync(int sli)
    {
        var actor = await Current.GetAsync(left.Token);
        var feed = int.TryParse(source, CultureInfo.InvariantCulture, out var id) ? id : (int?)null;
        if (file is null)
            return await Stage.HandleAsync(new StageFile(sli, feed, "pasted rows", new MemoryStream(Encoding.UTF8.GetBytes(text))), actor, left.Token);
        if (file.Size > StageFile.MostBytes)
            return Refusal.Invalid($"The file has more than {StageFile.MostBytes >> 20} MB. Bring it in several parts; rows that overlap count once.");
        await using var content = new CountingStream(file.OpenReadStream(StageFile.MostBytes, left.Token), file.Size, share =>
        {
            sent = share;
            _ = InvokeAsync(StateHasChanged);
        });
        return await Stage.HandleAsync(new StageFile(sli, feed, file.Name, content), actor, left.Token);
    }

    private static string SlugOf(string? name) =>
        string.Join('-', new string([.. (name ?? "").ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
