namespace SloPortal.Application.Tests.Objectives.AsCode;

/// <summary>Public examples that stand beside the repository where somebody has put them; the product copies none of them.</summary>
internal static class SharedData
{
    public static string Folder(string name)
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var found = Path.Combine(folder, "shared", "data", name);
            if (Directory.Exists(found))
                return found;
        }
        Assert.Skip($"There is no folder shared/data/{name} beside the repository.");
        return "";
    }
}
