namespace SloPortal.Application.Budgets.Notifying;

/// <summary>The section <c>Notifications</c> of the configuration.</summary>
public sealed class NotificationSettings
{
    /// <summary>Webhooks may go to private addresses. Off, since whoever adds a target could otherwise reach into the network.</summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>Hosts, by name, that webhooks may reach at private addresses.</summary>
    public IReadOnlyList<string> AllowedHosts { get; set; } = [];
}
