namespace SloPortal.Application.Measurement.Files.Reading;

/// <summary>A row of a file before anybody says what it means.</summary>
/// <param name="Line">Where it begins, from one.</param>
/// <param name="Fields">Its values; null where there are none to be had.</param>
/// <param name="Problem">Why there are none.</param>
/// <param name="Others">The line is none of those that the pattern is for.</param>
/// <param name="Text">The row as it stands, for people.</param>
internal readonly record struct RawRow(long Line, string[]? Fields, string? Problem, bool Others, string Text);

/// <summary>The rows of a file, one after another.</summary>
internal interface IRowStream : IDisposable
{
    /// <summary>The names of the columns; known from the beginning.</summary>
    IReadOnlyList<string> Columns { get; }

    /// <summary>The next row; null at the end.</summary>
    Task<RawRow?> NextAsync(CancellationToken ct);
}
