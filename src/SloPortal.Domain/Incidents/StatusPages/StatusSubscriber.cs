namespace SloPortal.Domain.Incidents.StatusPages;

/// <summary>Somebody outside who wants the updates of a status page by mail. Until the address is confirmed nothing but the question goes there.</summary>
public sealed class StatusSubscriber
{
    public const int LongestAddress = 254;

    /// <summary>Of one page. Product policy: beyond that, a mailing list is the better subscriber.</summary>
    public const int MostOfAPage = 10_000;

    /// <summary>So many may ask for one page in an hour and wait for confirmation. Product policy.</summary>
    public const int MostAskingInAnHour = 200;

    /// <summary>What is not confirmed by then is forgotten. Product policy.</summary>
    public static readonly TimeSpan ConfirmWithin = TimeSpan.FromHours(24);

    /// <summary>An address is asked at most so often, for whichever pages. Product policy.</summary>
    public static readonly TimeSpan BetweenQuestions = TimeSpan.FromHours(1);

    private StatusSubscriber() { }

    public StatusSubscriber(Guid id, Guid statusPageId, string address, string? protectedKey, DateTimeOffset now)
    {
        Id = id;
        StatusPageId = statusPageId;
        Address = address;
        AskAgain(protectedKey, now);
    }

    public Guid Id { get; private set; }
    public Guid StatusPageId { get; private set; }

    /// <summary>In lower case.</summary>
    public string Address { get; private set; } = "";

    /// <summary>The secret of the link by which they read the page, encrypted, for the links in their mails; null where none was needed.</summary>
    public string? ProtectedKey { get; private set; }

    /// <summary>When they asked for it last.</summary>
    public DateTimeOffset AskedAt { get; private set; }

    public DateTimeOffset? ConfirmedAt { get; private set; }

    /// <summary>Enough of the address for its owner to know it: "a…@example.com".</summary>
    public string Hint => $"{Address[..1]}…{Address[Address.LastIndexOf('@')..]}";

    public DateTimeOffset ConfirmBy => AskedAt + ConfirmWithin;

    public void AskAgain(string? protectedKey, DateTimeOffset now) => (ProtectedKey, AskedAt) = (protectedKey, now);

    public bool HasEnded(DateTimeOffset now) => ConfirmedAt is null && now >= ConfirmBy;

    public void Confirm(DateTimeOffset now) => ConfirmedAt ??= now;
}
