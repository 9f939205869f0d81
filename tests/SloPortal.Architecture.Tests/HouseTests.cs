using System.Runtime.CompilerServices;
using Mono.Cecil;
using SloPortal.Application;
using SloPortal.Data;
using SloPortal.Domain.Common;

namespace SloPortal.Architecture.Tests;

/// <summary>The rules of docs/architecture.md, held against the program as it is compiled.</summary>
public sealed class HouseTests
{
    private static readonly List<TypeDefinition> Domain = Read(typeof(Refusal).Assembly.Location);
    private static readonly List<TypeDefinition> Data = Read(typeof(PortalDbContext).Assembly.Location);
    private static readonly List<TypeDefinition> Application = Read(typeof(PortalDatabase).Assembly.Location);
    private static readonly List<TypeDefinition> Web = Read(Path.Combine(AppContext.BaseDirectory, "sloportal.dll"));

    [Fact]
    public void AreasLeanUpwards_WholeProgram_HasNoViolation() =>
        Assert.Empty(Rules.AreasLeanUpwards([.. Domain, .. Data, .. Application, .. Web], "SloPortal"));

    [Fact]
    public void PagesStayOutOfData_Web_HasNoViolation() =>
        Assert.Empty(Rules.PagesStayOutOfData(Web, "SloPortal.Data", Composes));

    [Fact]
    public void PagesStandAlone_Web_HasNoViolation() => Assert.Empty(Rules.PagesStandAlone(Web, "SloPortal"));

    [Fact]
    public void HandlersTakeAnActor_Application_HasNoViolation() => Assert.Empty(Rules.HandlersTakeAnActor(Application));

    [Fact]
    public void DomainHasNoPackage_Project_HasNoReference() =>
        Assert.Empty(Rules.DomainHasNoPackage(File.ReadAllText(Path.Combine(Repository(), "src/SloPortal.Domain/SloPortal.Domain.csproj"))));

    [Fact]
    public void FoldersSayWhatTheyHold_Sources_HaveNoViolation() => Assert.Empty(Rules.FoldersSayWhatTheyHold(
        Sources().Select(f => Path.GetRelativePath(Repository(), Path.GetDirectoryName(f)!).Replace('\\', '/')).Distinct()));

    [Fact]
    public void ClockIsReadAtTheEdge_Sources_HaveNoViolation() =>
        Assert.Empty(Rules.ClockIsReadAtTheEdge(Sources().Select(f => (f, File.ReadAllText(f)))));

    [Fact]
    public void Scripts_StartTestAndCi_AreUnderFortyLines() =>
        Assert.All(["scripts/start", "scripts/test", ".ci/run"], file => Assert.InRange(File.ReadAllLines(Path.Combine(Repository(), file)).Length, 1, 39));

    /// <summary>What puts the program together knows how it is stored: the composition, each area's registration, and the demo, which plays the whole.</summary>
    private static bool Composes(TypeDefinition type)
    {
        var outermost = Uses.Outermost(type);
        return outermost.Namespace == "SloPortal.Web.Composition" || outermost.Namespace.StartsWith("SloPortal.Web.Demo", StringComparison.Ordinal) || outermost.Name.EndsWith("Registration", StringComparison.Ordinal) || outermost.Name.StartsWith("Program", StringComparison.Ordinal);
    }

    private static List<TypeDefinition> Read(string path) => [.. Uses.TypesOf(path, "SloPortal")];

    private static IEnumerable<string> Sources() =>
        Directory.EnumerateFiles(Path.Combine(Repository(), "src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal) && !f.Contains("/Migrations/", StringComparison.Ordinal));

    private static string Repository([CallerFilePath] string thisFile = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "../.."));
}
