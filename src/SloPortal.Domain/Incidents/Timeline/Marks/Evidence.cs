using System.Globalization;
using SloPortal.Domain.Common;

namespace SloPortal.Domain.Incidents.Timeline.Marks;

/// <summary>What an entry can rest on.</summary>
public enum EvidenceKind
{
    /// <summary>The story of an objective at a time.</summary>
    Objective,
    Signal,
    Page,
    Deployment,
    /// <summary>A file of an incident.</summary>
    Attachment,
    Service,
    /// <summary>An SLI, or one of its segments.</summary>
    Sli,
    Probe,
    Vendor,
    /// <summary>Another incident.</summary>
    Incident,
    /// <summary>Something outside of the portal, under https.</summary>
    Address,
}

/// <summary>What shows that an entry is true.</summary>
/// <param name="Reference">
/// "checkout/availability" of an objective, the number of a page, an SLI ("7", or "7/1000000003" for a segment of it) or a probe, the short name of a service or a vendor, an address, or else an id.
/// </param>
/// <param name="At">Of an objective: the time that its story is to show.</param>
public sealed record Evidence(EvidenceKind Kind, string Reference, DateTimeOffset? At = null)
{
    public const int LongestReference = 2000;

    /// <summary>More is a list that nobody follows. Product policy.</summary>
    public const int MostOfAnEntry = 20;

    /// <summary>Id of a signal, a deployment, a file or an incident.</summary>
    public Guid? Id => Guid.TryParse(Reference, out var id) ? id : null;

    /// <summary>Of a page or a probe.</summary>
    public int? Number => int.TryParse(Reference, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Of an objective: the short names of its service and of itself.</summary>
    public (string Service, string Objective)? Path => Reference.Split('/') is [{ Length: > 0 } service, { Length: > 0 } objective] ? (service, objective) : null;

    /// <summary>Of an SLI, and of the segment where one is meant.</summary>
    public (int Sli, int? Segment)? Counted => Reference.Split('/') switch
    {
        [var sli] when int.TryParse(sli, NumberStyles.None, CultureInfo.InvariantCulture, out var id) => (id, null),
        [var sli, var segment] when int.TryParse(sli, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var part) => (id, part),
        _ => null,
    };

    /// <summary>Why this names nothing; whether what it names is there is another question.</summary>
    public Refusal? WhyNot() => Kind switch
    {
        _ when string.IsNullOrWhiteSpace(Reference) || Reference.Length > LongestReference => No("Say what it is linked to, in at most 2,000 characters."),
        EvidenceKind.Objective => Path is null ? No("Name the objective by the short names of its service and of itself: checkout/availability.") : null,
        EvidenceKind.Page or EvidenceKind.Probe => Number is null ? No($"Name the {Word(Kind)} by its number.") : null,
        EvidenceKind.Sli => Counted is null ? No("Name the SLI by its number.") : null,
        EvidenceKind.Signal or EvidenceKind.Deployment or EvidenceKind.Attachment or EvidenceKind.Incident => Id is null ? No($"Name the {Word(Kind)} by its id.") : null,
        EvidenceKind.Service or EvidenceKind.Vendor => null,
        EvidenceKind.Address => WhyNotAddress(),
        _ => No("Evidence is an objective, a signal, a page, a deployment, an attachment, a service, an SLI, a probe, a vendor, an incident or an address."),
    };

    /// <summary>"deployment".</summary>
    public static string Word(EvidenceKind kind) => kind == EvidenceKind.Sli ? "SLI" : kind.ToString().ToLowerInvariant();

    private Refusal? WhyNotAddress()
    {
        if (!Uri.TryCreate(Reference, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps)
            return No("An address begins with https://.");
        return address.UserInfo.Length > 0 ? No("Leave name and password out of the address; everybody who may read the timeline would read them.") : null;
    }

    private static Refusal No(string message) => Refusal.Invalid(nameof(Reference), message);
}
