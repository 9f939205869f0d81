namespace SloPortal.Domain.Measurement;

/// <summary>Good and total events are pushed per interval; no series is read.</summary>
public sealed record PushedRatio : SliDefinition
{
    /// <inheritdoc />
    public override IReadOnlyList<string> Problems() => [];

    /// <inheritdoc />
    public override SeriesRole RolesOf(LabelSet labels) => SeriesRole.None;

    /// <inheritdoc />
    public override IReadOnlyList<SeriesSelector> Selectors() => [];
}
