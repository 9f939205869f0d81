using Microsoft.AspNetCore.Components;

namespace SloPortal.Web.Shared;

public enum SkeletonShape
{
    Text,
    Table,
    Story,
}

/// <summary>The shape of what is coming. It shows after 150 ms, so that a quick page does not flash.</summary>
public partial class Skeleton : ComponentBase
{
    [Parameter] public SkeletonShape Shape { get; set; } = SkeletonShape.Table;

    [Parameter] public int Rows { get; set; } = 8;
}
