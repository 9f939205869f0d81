using SloPortal.Domain.Access;

namespace SloPortal.Web.Access;

/// <summary>The section <c>Oidc</c> of the configuration.</summary>
internal sealed class ProviderSettings
{
    /// <summary>The issuer's address; without it there is no sign-in by provider.</summary>
    public string? Authority { get; set; }

    public string ClientId { get; set; } = "";

    public string? ClientSecret { get; set; }

    /// <summary>As the button names it.</summary>
    public string DisplayName { get; set; } = "single sign-on";

    /// <summary>Beside openid, profile and email.</summary>
    public string[] Scopes { get; set; } = [];

    /// <summary>Makes an account, with the role viewer, for whom the provider vouches; otherwise they need an invitation.</summary>
    public bool CreateUnknown { get; set; }

    /// <summary>The claim that decides on roles, such as "groups"; without it roles are given in the portal.</summary>
    public string? RoleClaim { get; set; }

    /// <summary>A value of <see cref="RoleClaim"/>, and the role that it gives.</summary>
    public Dictionary<string, Role> Roles { get; set; } = [];

    /// <summary>Only for a provider on this machine, in tests.</summary>
    public bool AllowHttp { get; set; }

    public bool IsConfigured => !string.IsNullOrWhiteSpace(Authority);
}
