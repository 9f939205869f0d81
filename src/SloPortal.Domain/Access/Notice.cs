namespace SloPortal.Domain.Access;

/// <summary>Something that a person is told in the portal: what was long at work is done, what waits for them.</summary>
public sealed class Notice
{
    public const int LongestText = 500;

    private Notice() { }

    /// <param name="text">What is longer than a notice holds is cut; the page that it leads to has it whole.</param>
    /// <param name="byMail">Whether it waits for the person, so that it is sent by mail too.</param>
    public Notice(Guid id, Guid personId, string text, string address, DateTimeOffset createdAt, bool byMail = false)
    {
        Id = id;
        PersonId = personId;
        Text = text.Length <= LongestText ? text : text[..(LongestText - 1)] + "…";
        Address = address;
        CreatedAt = createdAt;
        MailDueAt = byMail ? createdAt : null;
    }

    public Guid Id { get; private set; }
    public Guid PersonId { get; private set; }

    /// <summary>One sentence, as it is shown.</summary>
    public string Text { get; private set; } = "";

    /// <summary>The page of the portal that it leads to, from the root: "/exports/3".</summary>
    public string Address { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset? ReadAt { get; private set; }

    /// <summary>When the mail is sent, or tried again; null where there is none, none any more, or it was sent.</summary>
    public DateTimeOffset? MailDueAt { get; private set; }

    /// <summary>How often it was tried.</summary>
    public int MailAttempts { get; private set; }

    public DateTimeOffset? MailedAt { get; private set; }

    public void Read(DateTimeOffset now) => ReadAt ??= now;
}
