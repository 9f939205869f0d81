namespace SloPortal.TestSupport;

/// <summary>The folder of the solution, for tests that read what stands in it.</summary>
internal static class WorkingCopy
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SloPortal.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"No SloPortal.sln above {AppContext.BaseDirectory}: run the tests in a working copy.");
    }
}
