namespace SloPortal.Application.Measurement.Statsd;

/// <summary>Section <c>Statsd</c> of the settings.</summary>
public sealed class StatsdSettings
{
    /// <summary>The UDP port to listen on; nothing listens while it is not set.</summary>
    public int? Port { get; set; }

    /// <summary>The address to listen on; only this machine unless it says otherwise.</summary>
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>Packets that wait to be read; more are dropped and counted.</summary>
    public int QueuedPackets { get; set; } = 8192;
}
