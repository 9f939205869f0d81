namespace SloPortal.Application.Incidents.Detection.Intake.Mail;

/// <summary>The section <c>Signals:Mail</c> of the configuration.</summary>
public sealed class SignalMailSettings
{
    /// <summary>TCP port on which mail is taken; nothing listens without one, and 0 takes any that is free.</summary>
    public int? Port { get; set; }

    /// <summary>Address of this machine to listen on.</summary>
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>What stands after the @ of the addresses that pages show.</summary>
    public string Host { get; set; } = "localhost";
}
