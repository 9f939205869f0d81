using Microsoft.AspNetCore.Components;

namespace SloPortal.Web.Shared;

/// <summary>Filters of a list stand in its address.</summary>
internal static class FilterNavigation
{
    /// <summary>Goes to the same list with another value of one filter, at its first page. All else in the address stays.</summary>
    public static void Filter(this NavigationManager navigation, string name, object? value, bool replace = false) =>
        navigation.NavigateTo(navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
        {
            [name] = Wanted(value?.ToString()),
            ["page"] = null,
            ["before"] = null,
            ["after"] = null,
        }), replace: replace);

    /// <summary>As the address has it; null for no filter.</summary>
    public static string? Wanted(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();
}
