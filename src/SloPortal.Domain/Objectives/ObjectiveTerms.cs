namespace SloPortal.Domain.Objectives;

/// <summary>What arithmetic needs of one version of an objective. It is in force until the next one takes effect.</summary>
public sealed record ObjectiveTerms(DateTimeOffset EffectiveFrom, ObjectiveTarget Target, SloWindow Window)
{
    /// <summary>The terms in force at <paramref name="t"/>: the latest that took effect at or before it; null before the first.</summary>
    /// <param name="versions">Ordered by <see cref="EffectiveFrom"/>; of two with the same instant the later in the list holds.</param>
    public static ObjectiveTerms? InForceAt(IReadOnlyList<ObjectiveTerms> versions, DateTimeOffset t)
    {
        for (var i = versions.Count - 1; i >= 0; i--)
        {
            if (versions[i].EffectiveFrom <= t)
            {
                return versions[i];
            }
        }

        return null;
    }
}
