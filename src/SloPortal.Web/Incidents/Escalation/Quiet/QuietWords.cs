using SloPortal.Domain.Incidents.Escalation.Quiet;

namespace SloPortal.Web.Incidents.Escalation.Quiet;

/// <summary>What keeps the signals of a rule quiet, as people read it.</summary>
internal static class QuietWords
{
    /// <summary>One sentence for each term that holds; none for none.</summary>
    public static IEnumerable<string> Of(QuietTerms? terms)
    {
        if (terms is null)
            yield break;
        if (terms.Waits)
            yield return $"Waits until {terms.Signals} of a kind have begun within {terms.WithinMinutes} min.";
        if (terms.UnderDependency)
            yield return "Quiet while a page is open about a service that its own cannot work without.";
        if (terms.NobodyMinutes > 0)
            yield return $"Waits {terms.NobodyMinutes} min for somebody on call, then calls the next level.";
        if (terms.PagesPerHour is { } cap)
            yield return $"At most {(cap == 1 ? "1 page" : $"{cap} pages")} an hour for a person; more {(terms.AboveCap == AboveCap.Collect ? "share one page" : "are only recorded")}.";
    }
}
