namespace SloPortal.Domain.Incidents.Timeline.Clocks;

/// <summary>Which clock the time of an entry was read from.</summary>
public static class EntryClock
{
    /// <summary>
    /// The source; where a person entered it afterwards, that person's watch. What corrects the words of an entry and not its time keeps its clock.
    /// </summary>
    /// <param name="isSaid">A person or a program said it to the portal, and named the time themselves if it was not now.</param>
    /// <param name="kept">Of the entry that this one corrects without another time; else null.</param>
    public static string Of(string source, bool isSaid, Provenance provenance, string author, string? kept) =>
        kept ?? (isSaid && provenance == Provenance.EnteredLater ? $"{author}'s watch" : source);
}
