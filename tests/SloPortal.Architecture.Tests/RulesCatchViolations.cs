using Mono.Cecil;

namespace SloPortal.Architecture.Tests;

/// <summary>Each rule sees the violation that is planted for it, and nothing else.</summary>
public sealed class RulesCatchViolations
{
    private static readonly List<TypeDefinition> Planted = [.. Uses.TypesOf(typeof(RulesCatchViolations).Assembly.Location, "Planted")];

    [Fact]
    public void AreasLeanUpwards_UpperAreaUsesLowerInABody_IsCaught() =>
        Assert.Equal(
            ["Planted.Domain.Catalog.ServiceThatKnowsItsBudget (Catalog) uses Planted.Domain.Budgets.Budget (Budgets)"],
            Rules.AreasLeanUpwards(Planted, "Planted"));

    [Fact]
    public void PagesStayOutOfData_PageUsesRow_IsCaught() =>
        Assert.Equal(["Planted.Web.Catalog.PlantedPage uses Planted.Data.Catalog.Row"],
            Rules.PagesStayOutOfData(Planted.Where(t => t.Namespace.StartsWith("Planted.Web", StringComparison.Ordinal)), "Planted.Data", _ => false));

    [Fact]
    public void PagesStandAlone_PageUsesPageOfAnotherArea_IsCaught() =>
        Assert.Equal(["Planted.Web.Measurement.PageThatUsesAnotherPage uses the page Planted.Web.Catalog.PlantedPage"],
            Rules.PagesStandAlone(Planted, "Planted").Distinct());

    [Fact]
    public void FoldersSayWhatTheyHold_Helpers_IsCaught() =>
        Assert.Equal(["src/SloPortal.Web/Helpers"], Rules.FoldersSayWhatTheyHold(["src/SloPortal.Web/Helpers", "src/SloPortal.Web/Catalog"]));

    [Fact]
    public void DomainHasNoPackage_Package_IsCaught() =>
        Assert.Single(Rules.DomainHasNoPackage("""<Project><ItemGroup><PackageReference Include="Npgsql" /></ItemGroup></Project>"""));

    [Fact]
    public void ClockIsReadAtTheEdge_UtcNow_IsCaught() =>
        Assert.Equal(["a.cs"], Rules.ClockIsReadAtTheEdge([("a.cs", "var now = DateTimeOffset.UtcNow;"), ("b.cs", "clock.GetUtcNow()")]));

    [Fact]
    public void HandlersTakeAnActor_HandlerWithoutActor_IsCaught() =>
        Assert.Single(Rules.HandlersTakeAnActor(Planted));
}
