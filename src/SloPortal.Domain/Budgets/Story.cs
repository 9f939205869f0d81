namespace SloPortal.Domain.Budgets;

/// <summary>The lines of the story chart.</summary>
/// <param name="Points">In order of time, at most <see cref="StoryResolution.MostPoints"/> and one.</param>
public sealed record Story(StoryResolution Resolution, IReadOnlyList<StoryPoint> Points);
