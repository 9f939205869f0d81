namespace SloPortal.Application.Incidents.StatusPages.Serving;

/// <summary>The section <c>StatusPages</c> of the configuration.</summary>
public sealed class StatusPageSettings
{
    /// <summary>Where the pages are written ahead; null is <c>status-pages</c> in the portal's data folder.</summary>
    public string? Folder { get; set; }

    /// <summary><c>SLOPORTAL_DATA</c>; null is the user's own data folder.</summary>
    public string? DataFolder { get; set; }

    internal string Place
    {
        get
        {
            if (!string.IsNullOrWhiteSpace(Folder))
                return Path.GetFullPath(Folder);
            var users = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            var data = !string.IsNullOrWhiteSpace(DataFolder) ? Path.GetFullPath(DataFolder) : Path.Combine(users.Length > 0 ? users : Path.GetTempPath(), "sloportal");
            return Path.Combine(data, "status-pages");
        }
    }
}
