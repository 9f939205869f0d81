using System.Globalization;
using Microsoft.AspNetCore.Components;
using SloPortal.Application.Objectives.History;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Objectives;

/// <summary>The life of one objective, made to be read by somebody who was not there, and to be printed.</summary>
public sealed partial class AgreementsPage
{
    private Refusal? refusal;

    [Inject] private GetAgreements.Handler Get { get; set; } = default!;

    [Parameter] public string Service { get; set; } = "";

    [Parameter] public string Slug { get; set; } = "";

    /// <summary>As the reader's clock shows it: what was in force then.</summary>
    [SupplyParameterFromQuery] private string? At { get; set; }

    /// <summary>Places of the proposals that are compared, 1 for the first that was made.</summary>
    [SupplyParameterFromQuery] private int? From { get; set; }

    [SupplyParameterFromQuery] private int? To { get; set; }

    [PersistentState] public ObjectiveAgreements? Shown { get; set; }

    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    protected override IReadOnlyList<string> Topics { get; } = ["proposals"];

    private IReadOnlyList<Crumb> Way =>
    [
        new("Objectives", Routes.Objectives), new(Shown?.ServiceName ?? Service, Routes.Service(Service)), new(Shown?.Name ?? Slug, Routes.Objective(Service, Slug)),
    ];

    private DateTimeOffset? Moment =>
        DateTime.TryParse(At, CultureInfo.InvariantCulture, DateTimeStyles.None, out var wall) ? ReaderZone.Instant(wall, Zone) : null;

    private string? WallAt => Moment is { } moment ? ReaderZone.Wall(moment, Zone).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture) : null;

    private (Agreement Before, Agreement After)? Compared =>
        Place(From) is { } before && Place(To) is { } after && before != after ? (before, after) : null;

    private string Headline => Shown!.InForceAt(Now) is { } held
        ? $"{Percent(held.TargetPercent)} over {held.WindowPhrase} is in force, version {held.Version}."
        : Shown.ArchivedAt is null ? "Nothing is in force yet." : "It has ended.";

    protected override async Task OnParametersSetAsync()
    {
        if (Shown?.Service != Service || Shown.Objective != Slug)
            await ReadAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var outcome = await Get.HandleAsync(new GetAgreements(Service, Slug), actor, Left);
        (Shown, refusal) = (outcome.Value, outcome.Refusal);
    }

    private Agreement? Place(int? place) => place is > 0 && place <= Shown!.Agreements.Count ? Shown.Agreements[^place.Value] : null;

    private static string Percent(decimal percent) => percent.ToString(CultureInfo.InvariantCulture) + " %";

    private string NameOf(Agreement agreement) => agreement.Version is { } version ? $"v{version.ToString(CultureInfo.InvariantCulture)}" : $"the proposal of {RelativeTime.Day(agreement.ProposedAt, Zone)}";

    private Tone ToneOf(Agreement agreement) => Shown!.InForceAt(Now) == agreement ? Tone.Good : agreement.State == ProposalState.Open ? Tone.Info : Tone.Neutral;

    private string StateOf(Agreement agreement) => agreement.State switch
    {
        ProposalState.Open => "Waits for signatures",
        ProposalState.Accepted when Shown!.InForceAt(Now) == agreement => "In force",
        ProposalState.Accepted when agreement.EffectiveFrom > Now => "Agreed, not yet in force",
        ProposalState.Accepted => "Was in force",
        var other => other.ToString(),
    };

    private RenderFragment Choices(int? chosen) => builder =>
    {
        for (var place = 1; place <= Shown!.Agreements.Count; place++)
        {
            builder.OpenElement(0, "option");
            builder.AddAttribute(1, "value", place);
            builder.AddAttribute(2, "selected", place == chosen);
            builder.AddContent(3, NameOf(Shown.Agreements[^place]));
            builder.CloseElement();
        }
    };
}
