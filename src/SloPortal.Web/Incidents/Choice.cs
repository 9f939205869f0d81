namespace SloPortal.Web.Incidents;

/// <summary>Something to choose from a list.</summary>
/// <param name="Value">As the operation knows it.</param>
/// <param name="Name">As people do.</param>
public sealed record Choice(string Value, string Name);
