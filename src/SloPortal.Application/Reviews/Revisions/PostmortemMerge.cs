using SloPortal.Domain.Reviews.Writing;

namespace SloPortal.Application.Reviews.Revisions;

/// <summary>Two people changed the same lines. Nothing is lost: both texts are here, and the pieces to choose from.</summary>
/// <param name="Revision">The latest one; what is resolved is saved on top of it.</param>
/// <param name="By">Who saved it.</param>
public sealed record EditConflict(
    int Revision, string By, DateTimeOffset SavedAt, PostmortemText Mine, PostmortemText Theirs,
    IReadOnlyList<MergePiece> Title, IReadOnlyList<MergePiece> Summary, IReadOnlyList<MergePiece> Body);

internal static class PostmortemMerge
{
    /// <summary>The text with both edits in it, or what people have to decide.</summary>
    public static (PostmortemText? Text, EditConflict? Conflict) Of(PostmortemText ancestor, PostmortemText mine, PostmortemRevision latest)
    {
        var theirs = latest.Text;
        var title = TextMerge.Of(ancestor.Title, mine.Title, theirs.Title);
        var summary = TextMerge.Of(ancestor.Summary, mine.Summary, theirs.Summary);
        var body = TextMerge.Of(ancestor.Body, mine.Body, theirs.Body);
        return TextMerge.TextOf(title) is { } t && TextMerge.TextOf(summary) is { } s && TextMerge.TextOf(body) is { } b
            ? (new PostmortemText(t, s, b), null)
            : (null, new EditConflict(latest.Number, latest.AuthorName, latest.SavedAt, mine, theirs, title, summary, body));
    }
}
