namespace SloPortal.Web.Common;

/// <summary>A value of an enum in an address, written as the JSON of the API writes it ("sev1", "operationsLead") or in any other case.</summary>
internal readonly record struct EnumWord<T>(T Value) where T : struct, Enum
{
    /// <summary>As ASP.NET Core binds parameters; what is no word of the enum gets 400.</summary>
    public static bool TryParse(string? text, out EnumWord<T> word)
    {
        var known = Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value);
        word = new(value);
        return known;
    }
}
