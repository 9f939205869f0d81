namespace SloPortal.Application.Common;

/// <summary>The section <c>Portal</c> of the configuration.</summary>
public sealed class PortalSettings
{
    /// <summary>The address under which people reach the portal, for links in messages; without it messages carry no link.</summary>
    public string? PublicUrl { get; set; }
}
