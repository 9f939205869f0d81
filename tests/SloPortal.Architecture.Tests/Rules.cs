using System.Text.RegularExpressions;
using Mono.Cecil;

namespace SloPortal.Architecture.Tests;

/// <summary>The rules of the house. Each takes what it judges, so that the tests can plant a violation and see it caught.</summary>
internal static partial class Rules
{
    /// <summary>Types that lean on an area below their own. <paramref name="root"/> is "SloPortal".</summary>
    public static List<string> AreasLeanUpwards(IEnumerable<TypeDefinition> types, string root) =>
    [
        .. from type in types
           let area = Areas.Of(root, Uses.Outermost(type).FullName)
           where area is not null && !IsExempt(type)
           from used in Uses.Of(type)
           let usedArea = Areas.Of(root, used)
           where usedArea is not null && !Areas.MayUse(area, usedArea)
           select $"{type.FullName} ({area}) uses {used} ({usedArea})",
    ];

    /// <summary>Types outside the composition root of Web that reach into Data.</summary>
    public static List<string> PagesStayOutOfData(IEnumerable<TypeDefinition> types, string dataRoot, Func<TypeDefinition, bool> composes) =>
    [
        .. from type in types
           where !composes(type)
           from used in Uses.Of(type)
           where used.StartsWith(dataRoot + ".", StringComparison.Ordinal)
           select $"{type.FullName} uses {used}",
    ];

    /// <summary>Pages (routable components) of one area that use a page of another.</summary>
    public static List<string> PagesStandAlone(IEnumerable<TypeDefinition> types, string root)
    {
        var all = types.ToList();
        var pages = all.Where(t => t.CustomAttributes.Any(a => a.AttributeType.Name == "RouteAttribute")).Select(t => t.FullName).ToHashSet();
        return
        [
            .. from type in all
               let self = Uses.Outermost(type).FullName
               from used in Uses.Of(type)
               where pages.Contains(used) && used != self && Areas.Of(root, used) != Areas.Of(root, self)
               where !self.EndsWith(".PortalRouter", StringComparison.Ordinal)
               select $"{self} uses the page {used}",
        ];
    }

    /// <summary>Folders whose name says nothing.</summary>
    public static List<string> FoldersSayWhatTheyHold(IEnumerable<string> folders) =>
        [.. folders.Where(f => Regex.IsMatch(f, @"(^|/)(Services|Models|Helpers|Utils|Managers|Interfaces|DTOs)(/|$)", RegexOptions.CultureInvariant))];

    /// <summary>Packages that the domain references; it must have none.</summary>
    public static List<string> DomainHasNoPackage(string projectText) =>
        [.. Reference().Matches(projectText).Select(m => m.Value)];

    /// <summary>Source files that read the clock themselves instead of taking <c>now</c> or a TimeProvider.</summary>
    public static List<string> ClockIsReadAtTheEdge(IEnumerable<(string File, string Text)> sources) =>
        [.. sources.Where(s => Clock().IsMatch(s.Text)).Select(s => s.File)];

    /// <summary>Operations: handlers that neither take an actor nor say that they are for everyone.</summary>
    public static List<string> HandlersTakeAnActor(IEnumerable<TypeDefinition> types) =>
    [
        .. from type in types
           where type is { IsNested: true, Name: "Handler" }
           from method in type.Methods
           where method.IsPublic && method.Name == "HandleAsync"
           where !method.Parameters.Any(p => p.ParameterType.Name is "Actor")
           where type.DeclaringType.CustomAttributes.All(a => a.AttributeType.Name != "BeforeSignInAttribute")
           select $"{type.DeclaringType.FullName} has a handler without an actor",
    ];

    // The design exempts it: it has to know every entity.
    private static bool IsExempt(TypeDefinition type) => Uses.Outermost(type).Name is "PortalDbContext";

    [GeneratedRegex("<(Package|Project|Framework)Reference[^>]*>", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();

    [GeneratedRegex(@"\bDateTime(Offset)?\.(UtcNow|Now|Today)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Clock();
}
