namespace SloPortal.Application.Common;

/// <summary>One page of a list.</summary>
/// <param name="Items">In the order of the list.</param>
/// <param name="Total">How many there are on all pages.</param>
/// <param name="Number">1 is the first page.</param>
/// <param name="Size">Items on a full page.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, int Total, int Number, int Size)
{
    /// <summary>No list is read on from here; what is asked beyond it is a mistake, and its offset would be no number any more.</summary>
    public const int Last = 100_000;
}
