namespace SloPortal.Web.Tests.Access.Table;

/// <summary>A page, and who sees it. Other people are told who can grant it; whoever has not signed in is sent to the sign-in, tokens too, since pages are for people.</summary>
/// <param name="Route">As the component declares it.</param>
/// <param name="Seen">Who sees what the page is for.</param>
/// <param name="Path">Where it can be seen.</param>
internal sealed record PageRow(string Route, Who Seen, Func<AccessWorld, string> Path)
{
    public PageRow(string route, Who seen, string? path = null)
        : this(route, seen, _ => path ?? route)
    {
    }

    /// <summary>Text of the buttons and links that change something, and who is offered them.</summary>
    public IReadOnlyDictionary<string, Who> Offers { get; init; } = new Dictionary<string, Who>();
}
