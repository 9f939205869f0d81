namespace SloPortal.Domain.Incidents.Triage;

/// <summary>What incidents are compared by.</summary>
/// <param name="Services">That they touched.</param>
/// <param name="Signs">Objectives whose budget they spent, and titles of signals that fired on their services meanwhile.</param>
public sealed record IncidentTraits(Guid Id, DateTimeOffset StartedAt, IReadOnlySet<Guid> Services, IReadOnlySet<string> Signs, IReadOnlySet<string> Words);

/// <summary>An incident that is like another.</summary>
/// <param name="Likeness">0 to 1.</param>
/// <param name="Services">How many services they share.</param>
/// <param name="Signs">How many signs.</param>
/// <param name="Words">Words of both titles, in the order of the alphabet.</param>
public sealed record LikeIncident(Guid Id, double Likeness, int Services, int Signs, IReadOnlyList<string> Words)
{
    /// <summary>Says only what is of both: "1 service, 2 signals and objectives, the words cart, timeout".</summary>
    public string Why => "shares " + string.Join(", ", new[]
    {
        Services switch { 0 => null, 1 => "1 service", var n => $"{n} services" },
        Signs switch { 0 => null, 1 => "1 signal or objective", var n => $"{n} signals and objectives" },
        Words.Count switch { 0 => null, 1 => $"the word {Words[0]}", _ => $"the words {string.Join(", ", Words)}" },
    }.OfType<string>());
}

/// <summary>
/// How alike incidents are: the share of services that they have in common (Jaccard), the same of signs, and of words of the title, where a word that
/// few incidents have weighs more (inverse document frequency). Weights and the least likeness are product policy.
/// </summary>
public static class IncidentLikeness
{
    public const double OfServices = 0.4, OfSigns = 0.3, OfWords = 0.3;

    /// <summary>What is less alike only shares a common word, or one service of many.</summary>
    public const double Least = 0.15;

    private const int ShortestWord = 3;

    private static readonly HashSet<string> Common = new(StringComparer.Ordinal) { "and", "are", "but", "for", "from", "has", "its", "not", "the", "was", "were", "with", "budget", "burns", "fails", "failing", "failed", "errors", "error", "incident" };

    /// <summary>The most alike first; of two that are as alike the later one.</summary>
    public static IReadOnlyList<LikeIncident> Rank(IncidentTraits present, IReadOnlyCollection<IncidentTraits> past, int most)
    {
        ArgumentNullException.ThrowIfNull(present);
        ArgumentNullException.ThrowIfNull(past);
        var having = past.SelectMany(p => p.Words).GroupBy(w => w).ToDictionary(g => g.Key, g => g.Count());
        double Weight(string word) => Math.Log(1 + (past.Count + 1.0) / (having.GetValueOrDefault(word) + 1));
        return
        [
            .. past.Where(p => p.Id != present.Id).Select(p => (Past: p, Like: Of(present, p, Weight))).Where(p => p.Like.Likeness >= Least)
                .OrderByDescending(p => p.Like.Likeness).ThenByDescending(p => p.Past.StartedAt).ThenBy(p => p.Past.Id).Take(most).Select(p => p.Like),
        ];
    }

    /// <summary>The words that tell of an incident: in lower case, at least three letters or digits, without those that many titles have.</summary>
    public static IReadOnlySet<string> WordsOf(string title)
    {
        ArgumentNullException.ThrowIfNull(title);
        var letters = string.Concat(title.ToLowerInvariant().Select(c => char.IsLetterOrDigit(c) ? c : ' '));
        return letters.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(w => w.Length >= ShortestWord && !Common.Contains(w)).ToHashSet(StringComparer.Ordinal);
    }

    private static LikeIncident Of(IncidentTraits a, IncidentTraits b, Func<string, double> weight) => new(
        b.Id,
        OfServices * Shared(a.Services, b.Services, _ => 1) + OfSigns * Shared(a.Signs, b.Signs, _ => 1) + OfWords * Shared(a.Words, b.Words, weight),
        a.Services.Count(b.Services.Contains), a.Signs.Count(b.Signs.Contains), [.. a.Words.Where(b.Words.Contains).Order(StringComparer.Ordinal)]);

    private static double Shared<T>(IReadOnlySet<T> a, IReadOnlySet<T> b, Func<T, double> weight)
    {
        var all = a.Union(b).Sum(weight);
        return all == 0 ? 0 : a.Where(b.Contains).Sum(weight) / all;
    }
}
