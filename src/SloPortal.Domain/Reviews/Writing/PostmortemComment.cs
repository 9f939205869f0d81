namespace SloPortal.Domain.Reviews.Writing;

/// <summary>What somebody says about a postmortem, until it is settled.</summary>
public sealed class PostmortemComment
{
    private PostmortemComment() { }

    public PostmortemComment(Guid id, Guid postmortemId, string body, string? quote, Guid authorId, string authorName, DateTimeOffset writtenAt)
    {
        Id = id;
        PostmortemId = postmortemId;
        Body = body;
        Quote = quote;
        AuthorId = authorId;
        AuthorName = authorName;
        WrittenAt = writtenAt;
    }

    public Guid Id { get; private set; }
    public Guid PostmortemId { get; private set; }

    /// <summary>Plain text.</summary>
    public string Body { get; private set; } = "";

    /// <summary>The words of the postmortem that it is about.</summary>
    public string? Quote { get; private set; }

    public Guid AuthorId { get; private set; }
    public string AuthorName { get; private set; } = "";
    public DateTimeOffset WrittenAt { get; private set; }
    public DateTimeOffset? SettledAt { get; private set; }
    public string? SettledByName { get; private set; }

    public void Settle(string byName, DateTimeOffset now)
    {
        SettledAt ??= now;
        SettledByName ??= byName;
    }
}
