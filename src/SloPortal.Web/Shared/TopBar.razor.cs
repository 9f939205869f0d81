using Microsoft.AspNetCore.Components;
using SloPortal.Application.Remediation;
using SloPortal.Domain.Access;

namespace SloPortal.Web.Shared;

/// <summary>Where am I, the search, and what concerns the reader.</summary>
public sealed partial class TopBar
{
    /// <summary>The section into which <see cref="PageHeader"/> puts the way to its page.</summary>
    internal const string Where = "where";

    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = default!;

    [Parameter, EditorRequired]
    public NeedCounts Counts { get; set; } = NeedCounts.None;
}
