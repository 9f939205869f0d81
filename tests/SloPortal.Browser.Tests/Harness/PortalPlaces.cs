using SloPortal.TestSupport;

namespace SloPortal.Browser.Tests.Harness;

/// <summary>Where the program under test and the results lie in the working copy.</summary>
internal static class PortalPlaces
{
    /// <summary>The folder of the solution.</summary>
    public static string Repository { get; } = WorkingCopy.Root;

    /// <summary>Where <c>dotnet run</c> starts the program: the folder of its project.</summary>
    public static string Project { get; } = Path.Combine(Repository, "src", "SloPortal.Web");

    /// <summary>The program as it was built in the configuration of these tests.</summary>
    public static string Program { get; } =
        Path.Combine(Project, "bin", Configuration(), Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)), "sloportal.dll");

    /// <summary>Traces and pictures of failed tests, and the logs of the portals that they used.</summary>
    public static string Artifacts { get; } = Directory.CreateDirectory(Path.Combine(Repository, "artifacts", "browser")).FullName;

    // …/bin/Release/net10.0/
    private static string Configuration() => Directory.GetParent(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar))!.Name;
}
