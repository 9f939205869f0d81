namespace SloPortal.Domain.Reviews.Writing;

/// <summary>What people write.</summary>
/// <param name="Summary">Plain text.</param>
/// <param name="Body">Markdown.</param>
public sealed record PostmortemText(string Title, string Summary, string Body);

/// <summary>The text as it stood after somebody saved it. Append-only: the database refuses UPDATE and DELETE.</summary>
public sealed class PostmortemRevision
{
    private PostmortemRevision() { }

    public PostmortemRevision(Guid postmortemId, int number, PostmortemText text, Guid authorId, string authorName, DateTimeOffset savedAt)
    {
        ArgumentNullException.ThrowIfNull(text);
        PostmortemId = postmortemId;
        Number = number;
        Title = text.Title;
        Summary = text.Summary;
        Body = text.Body;
        AuthorId = authorId;
        AuthorName = authorName;
        SavedAt = savedAt;
    }

    public Guid PostmortemId { get; private set; }
    public int Number { get; private set; }
    public string Title { get; private set; } = "";
    public string Summary { get; private set; } = "";
    public string Body { get; private set; } = "";
    public Guid AuthorId { get; private set; }
    public string AuthorName { get; private set; } = "";
    public DateTimeOffset SavedAt { get; private set; }

    public PostmortemText Text => new(Title, Summary, Body);
}
