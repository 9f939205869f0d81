namespace SloPortal.Web.Shared;

/// <summary>Where a page of a list stands in the whole. Pages count from 1.</summary>
public sealed record PageOf(int Page, int Size, int Total)
{
    public int Pages => Math.Max(1, (Total + Size - 1) / Size);

    public int First => Total == 0 ? 0 : ((Page - 1) * Size) + 1;

    public int Last => Math.Min(Total, Page * Size);

    public bool HasPrevious => Page > 1;

    public bool HasNext => Page < Pages;
}
