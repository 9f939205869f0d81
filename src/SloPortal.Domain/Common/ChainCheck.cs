namespace SloPortal.Domain.Common;

/// <summary>A link of a chain of hashes.</summary>
public interface IChained
{
    /// <summary>1, 2, 3 … without gaps.</summary>
    long Place { get; }

    /// <summary>Of the link before; empty for the first.</summary>
    byte[] PreviousHash { get; }

    byte[] Hash { get; }

    byte[] ComputeHash();
}

public enum ChainBreak
{
    /// <summary>The entry's fields do not give its hash.</summary>
    Altered,
    /// <summary>An entry is not there.</summary>
    Missing,
    /// <summary>The entry does not continue the one before it: that one was replaced by another that is consistent in itself.</summary>
    PreviousDiffers,
}

/// <summary>The first place where the chain does not hold.</summary>
public sealed record BrokenEntry(long Number, ChainBreak Why)
{
    public override string ToString() => Why switch
    {
        ChainBreak.Altered => $"entry {Number} was altered: its fields do not give its hash",
        ChainBreak.Missing => $"entry {Number} is missing",
        ChainBreak.PreviousDiffers => $"entry {Number} does not continue the entry before it: the previous hash differs",
        _ => throw new InvalidOperationException($"Unknown break {Why}."),
    };
}

/// <summary>What a walk along the chain found.</summary>
/// <param name="Entries">How many hold, from the first on.</param>
/// <param name="HeadHash">Hexadecimal hash of the last of them; empty when there is none.</param>
public sealed record ChainReport(long Entries, string HeadHash, BrokenEntry? Broken)
{
    public bool IsIntact => Broken is null;
}

/// <summary>Walks along the chain, entry by entry in the order of their numbers, until it breaks.</summary>
public sealed class ChainCheck
{
    private long last;
    private byte[] lastHash = [];
    private BrokenEntry? broken;

    public ChainReport Report => new(last, Convert.ToHexStringLower(lastHash), broken);

    /// <returns>Whether the chain holds up to this entry.</returns>
    public bool Next(IChained entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (broken is not null)
            return false;
        var expected = last + 1;
        if (entry.Place != expected)
            broken = new BrokenEntry(expected, ChainBreak.Missing);
        else if (!entry.ComputeHash().AsSpan().SequenceEqual(entry.Hash))
            broken = new BrokenEntry(entry.Place, ChainBreak.Altered);
        else if (!entry.PreviousHash.AsSpan().SequenceEqual(lastHash))
            broken = new BrokenEntry(entry.Place, ChainBreak.PreviousDiffers);
        if (broken is not null)
            return false;
        last = entry.Place;
        lastHash = entry.Hash;
        return true;
    }
}
