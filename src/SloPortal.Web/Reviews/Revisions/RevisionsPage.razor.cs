using System.Globalization;
using Microsoft.AspNetCore.Components;
using SloPortal.Application.Reviews.Revisions;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Reviews.Writing;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Reviews.Revisions;

/// <summary>Who saved a postmortem when, and what changed between any two revisions. The two stand in the address.</summary>
public sealed partial class RevisionsPage
{
    private IReadOnlyList<RevisionRow>? revisions;
    private RevisionComparison? compared;
    private Refusal? refusal;

    [Inject] private ListRevisions.Handler List { get; set; } = default!;
    [Inject] private CompareRevisions.Handler Compare { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Parameter] public int Number { get; set; }

    [SupplyParameterFromQuery] private int? From { get; set; }
    [SupplyParameterFromQuery] private int? To { get; set; }

    /// <summary>Of incidents too: one may become restricted.</summary>
    protected override IReadOnlyList<string> Topics { get; } = ["postmortems", "incidents"];

    private int Latest => revisions is { Count: > 0 } ? revisions[0].Number : 1;

    private int Younger => To ?? Latest;

    private int Older => From ?? Math.Max(1, Younger - 1);

    private IReadOnlyList<Crumb> Way => [new("Reviews", Routes.Reviews), new(Postmortem.CodeOf(Number), Routes.Review(Number))];

    private string Standing => compared is null
        ? "Every save is kept."
        : $"From {compared.From.Author}, {RelativeTime.Utc(compared.From.SavedAt)}, to {compared.To.Author}, {RelativeTime.Utc(compared.To.SavedAt)}: "
          + (Added + Removed == 0 ? "nothing changed." : $"{Added} {(Added == 1 ? "line" : "lines")} added, {Removed} taken out.");

    private int Added => compared!.Title.Added + compared.Summary.Added + compared.Body.Added;

    private int Removed => compared!.Title.Removed + compared.Summary.Removed + compared.Body.Removed;

    protected override Task OnParametersSetAsync() => ReadAsync();

    protected override async Task ReadAsync(Actor actor)
    {
        var listed = await List.HandleAsync(new ListRevisions(Number), actor, Left);
        (revisions, refusal) = (listed.Value, listed.Refusal);
        if (refusal is not null)
            return;
        if (Older == Younger)
        {
            compared = null;
            return;
        }
        var (older, younger) = (Older, Younger);
        var outcome = await Compare.HandleAsync(new CompareRevisions(Number, older, younger), actor, Left);
        if ((older, younger) == (Older, Younger))
            (compared, refusal) = (outcome.Value, outcome.Refusal);
    }

    private void GoTo(object? from, object? to) => Navigation.NavigateTo(Routes.ReviewRevisions(
        Number, Convert.ToInt32(from, CultureInfo.InvariantCulture), Convert.ToInt32(to, CultureInfo.InvariantCulture)));
}
