namespace SloPortal.Application.Measurement.Files.Watching;

/// <summary>Section <c>Files</c> of the settings.</summary>
public sealed class WatchSettings
{
    /// <summary>The folder of this machine below which folders may be watched; none are while it is not set.</summary>
    public string? WatchedRoot { get; set; }
}
