using System.Globalization;
using SloPortal.Application.Catalog.Dependencies;
using SloPortal.Domain.Catalog.Dependencies;

namespace SloPortal.Web.Objectives.Dependencies;

/// <summary>What the form of a dependency holds while somebody types.</summary>
public sealed class DependencyInput
{
    public DependencyInput() { }

    public DependencyInput(DependencyEdge edge)
    {
        ArgumentNullException.ThrowIfNull(edge);
        (Id, Version) = (edge.Id, edge.Version);
        (Kind, Group, Needs, Note) = (edge.Kind, edge.Group ?? "", edge.Needs.ToString(CultureInfo.InvariantCulture), edge.Note);
    }

    /// <summary>Null for a new one.</summary>
    public Guid? Id { get; }

    public uint Version { get; }

    /// <summary>"service checkout", "vendor acme-pay".</summary>
    public string On { get; set; } = "";

    public DependencyKind Kind { get; set; }

    public string Group { get; set; } = "";

    public string Needs { get; set; } = "1";

    public string Note { get; set; } = "";

    // What is no number is none of the group, which the operation refuses with its sentence.
    private int NeedsCount => int.TryParse(Needs, NumberStyles.None, CultureInfo.InvariantCulture, out var needs) ? needs : 0;

    public AddDependency Adding(string service) => new(
        service, On.StartsWith("service ", StringComparison.Ordinal) ? On[8..] : null, On.StartsWith("vendor ", StringComparison.Ordinal) ? On[7..] : null,
        Kind, Group.Trim(), NeedsCount, Note);

    public ChangeDependency Changing(string service) => new(service, Id!.Value, Kind, Group.Trim(), NeedsCount, Note, Version);
}
