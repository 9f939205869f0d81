namespace SloPortal.Web.Access;

internal static class LocalAddress
{
    /// <summary>The address if it leads to a page of this portal, otherwise home: a link must not send people elsewhere after they signed in.</summary>
    public static string OrHome(string? address) =>
        address is ['/', ..] and not ['/', '/' or '\\', ..] && !address.Any(char.IsControl) ? address : Routes.Home;
}
