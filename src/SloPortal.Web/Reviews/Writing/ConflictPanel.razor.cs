using Microsoft.AspNetCore.Components;
using SloPortal.Application.Reviews.Revisions;
using SloPortal.Domain.Reviews.Writing;

namespace SloPortal.Web.Reviews.Writing;

/// <summary>The places where two people changed the same lines, side by side, to decide one by one. Unless told otherwise both stay.</summary>
public sealed partial class ConflictPanel
{
    private EditConflict? prepared;
    private List<Choice> choices = [];

    private enum Keep
    {
        Both,
        Mine,
        Theirs,
    }

    private sealed class Choice(string name, MergePiece piece, Keep keep)
    {
        public string Field => name;
        public MergePiece Piece => piece;
        public Keep Keep { get; set; } = keep;
    }

    [Parameter, EditorRequired] public EditConflict Conflict { get; set; } = default!;
    [Parameter] public bool Busy { get; set; }
    [Parameter, EditorRequired] public EventCallback<PostmortemText> Resolved { get; set; }

    protected override void OnParametersSet()
    {
        if (ReferenceEquals(prepared, Conflict))
            return;
        prepared = Conflict;
        choices = [.. Of("Title", Conflict.Title, Keep.Mine), .. Of("Summary", Conflict.Summary, Keep.Both), .. Of("Text", Conflict.Body, Keep.Both)];
    }

    private static IEnumerable<Choice> Of(string field, IReadOnlyList<MergePiece> pieces, Keep keep) =>
        pieces.Where(p => p.Agreed is null).Select(p => new Choice(field, p, keep));

    // A title is one line, so it is one of the two.
    private static Keep[] Offered(Choice choice) => choice.Field == "Title" ? [Keep.Mine, Keep.Theirs] : Enum.GetValues<Keep>();

    private string Word(Keep keep) => keep switch
    {
        Keep.Both => "Keep both",
        Keep.Mine => "Keep yours",
        Keep.Theirs => $"Keep what {Conflict.By} wrote",
        _ => throw new ArgumentOutOfRangeException(nameof(keep), keep, null),
    };

    private static string Shown(string? text) => string.IsNullOrEmpty(text) ? "(taken out)" : text;

    private Task ResolveAsync() => Resolved.InvokeAsync(new PostmortemText(Text(Conflict.Title), Text(Conflict.Summary), Text(Conflict.Body)));

    private string Text(IReadOnlyList<MergePiece> pieces) => string.Join('\n', pieces.SelectMany(Kept));

    private IEnumerable<string> Kept(MergePiece piece)
    {
        if (piece.Agreed is { } agreed)
            return [agreed];
        var keep = choices.Single(c => ReferenceEquals(c.Piece, piece)).Keep;
        // Where one took the lines out, nothing stands for them.
        return new[] { keep == Keep.Theirs ? "" : piece.Mine!, keep == Keep.Mine ? "" : piece.Theirs! }.Where(t => t.Length > 0);
    }
}
