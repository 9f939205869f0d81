using System.Globalization;
using SloPortal.Application.Catalog.Dependencies;
using SloPortal.Domain.Catalog.Dependencies;

namespace SloPortal.Web.Objectives.Dependencies;

/// <summary>A box of the drawing.</summary>
/// <param name="Name">As much of it as fits.</param>
/// <param name="IsSelf">The service whose graph this is.</param>
internal sealed record GraphBox(GraphNode Node, string Name, double X, double Y, bool IsSelf);

/// <summary>A line from who needs to what is needed.</summary>
internal sealed record GraphLine(string Path, bool IsSoft, string Says);

/// <summary>The frame around the members of a redundant group.</summary>
internal sealed record GraphFrame(string Label, double X, double Y, double Height);

/// <summary>One branch of the graph as a list, in which each thing unfolds once.</summary>
public sealed record GraphBranch(GraphNode Node, DependencyEdge Edge, IReadOnlyList<GraphBranch> Branches, bool SeenAbove);

/// <summary>
/// A dependency graph in columns: on the left those who need the service, then the service, then what it needs, each thing one
/// column beyond the last that needs it. Pure: the same graph gives the same drawing.
/// </summary>
internal sealed record GraphDrawing(double Width, double Height, IReadOnlyList<GraphBox> Boxes, IReadOnlyList<GraphLine> Lines, IReadOnlyList<GraphFrame> Frames)
{
    public const double BoxWidth = 184;
    public const double BoxHeight = 46;
    private const double Gap = 16;
    private const double Column = 256;
    private const double Margin = 14;
    private const double FrameHead = 22;
    private const double FramePad = 8;
    private const int MostLetters = 23;

    public static GraphDrawing Of(DependencyPicture picture)
    {
        var nodes = picture.Nodes.ToDictionary(n => n.Id);
        var columns = ColumnsOf(picture);
        var left = columns.Values.Min();
        var (boxes, frames) = (new Dictionary<Guid, GraphBox>(), new List<GraphFrame>());
        var heights = new Dictionary<int, double>();
        var edges = picture.Below.Concat(picture.Above).DistinctBy(e => e.Id).ToList();
        foreach (var column in columns.GroupBy(c => c.Value).OrderBy(c => c.Key < 0 ? -c.Key : c.Key).ThenBy(c => c.Key))
        {
            var x = Margin + (column.Key - left) * Column;
            var y = Margin;
            foreach (var stack in Ordered(column.Select(c => c.Key), edges, boxes, nodes, below: column.Key > 0))
            {
                var top = y;
                if (stack.Label is not null)
                    y += FrameHead;
                foreach (var id in stack.Members)
                {
                    boxes[id] = new GraphBox(nodes[id], Short(nodes[id].Name), x, y, id == picture.ServiceId);
                    y += BoxHeight + Gap;
                }

                if (stack.Label is not null)
                {
                    frames.Add(new GraphFrame(stack.Label, x - FramePad, top, y - Gap + FramePad - top));
                    y += FramePad;
                }
            }

            heights[column.Key] = y - Gap + Margin;
        }

        var height = heights.Values.Max();
        // Each column stands in the middle.
        double Down(int column) => (height - heights[column]) / 2;
        var placed = boxes.Values.Select(b => b with { Y = b.Y + Down(columns[b.Node.Id]) }).ToDictionary(b => b.Node.Id);
        var framed = frames.Select(f => f with { Y = f.Y + Down((int)Math.Round((f.X + FramePad - Margin) / Column) + left) });
        return new(
            Margin * 2 + (columns.Values.Max() - left) * Column + BoxWidth, height, [.. placed.Values],
            [.. edges.Select(e => Line(placed[e.From], placed[e.On], e))], [.. framed]);
    }

    /// <summary>What is needed as nested lists, for where a drawing has no room.</summary>
    public static IReadOnlyList<GraphBranch> BranchesOf(DependencyPicture picture)
    {
        var nodes = picture.Nodes.ToDictionary(n => n.Id);
        var below = picture.Below.ToLookup(e => e.From);
        var seen = new HashSet<Guid>();
        return Branches(picture.ServiceId);

        IReadOnlyList<GraphBranch> Branches(Guid id) => [.. below[id].Select(e =>
            seen.Add(e.On) ? new GraphBranch(nodes[e.On], e, Branches(e.On), false) : new GraphBranch(nodes[e.On], e, [], below[e.On].Any()))];
    }

    /// <summary>The longest way from the service to each thing: above it to the left, below it to the right.</summary>
    private static Dictionary<Guid, int> ColumnsOf(DependencyPicture picture)
    {
        var columns = new Dictionary<Guid, int> { [picture.ServiceId] = 0 };
        Spread(picture.Below.Select(e => (e.From, e.On)), 1);
        Spread(picture.Above.Select(e => (From: e.On, On: e.From)), -1);
        return columns;

        void Spread(IEnumerable<(Guid From, Guid On)> steps, int direction)
        {
            var all = steps.ToList();
            // Without a circle the longest way has at most as many steps as there are things.
            for (var moved = true; moved;)
            {
                moved = false;
                foreach (var (from, on) in all)
                {
                    var next = columns.GetValueOrDefault(from) + direction;
                    if (columns.ContainsKey(from) && (!columns.TryGetValue(on, out var now) || next * direction > now * direction))
                        (columns[on], moved) = (next, true);
                }
            }
        }
    }

    /// <summary>A column from top to bottom: what belongs to the same group together, each near those that it is tied to.</summary>
    private static IEnumerable<(string? Label, List<Guid> Members)> Ordered(
        IEnumerable<Guid> column, List<DependencyEdge> edges, Dictionary<Guid, GraphBox> boxes, Dictionary<Guid, GraphNode> nodes, bool below)
    {
        var ids = column.ToHashSet();
        var stacks = ids
            .Select(id => (Id: id, Edge: below ? edges.Find(e => e.On == id && e.Group is not null && boxes.ContainsKey(e.From)) : null))
            .GroupBy(i => i.Edge is { } e ? $"{e.From} {e.Group}" : i.Id.ToString())
            .Select(stack => (
                Label: stack.First().Edge is { Group: { } group } edge ? string.Create(CultureInfo.InvariantCulture, $"{group}: {edge.Needs} of {edges.Count(e => e.From == edge.From && e.Group == group)}") : null,
                Members: stack.Select(i => i.Id).OrderBy(Place).ThenBy(id => nodes[id].Name, StringComparer.OrdinalIgnoreCase).ToList()));
        return stacks.OrderBy(s => s.Members.Average(Place)).ThenBy(s => nodes[s.Members[0]].Name, StringComparer.OrdinalIgnoreCase);

        double Place(Guid id) => edges.Where(e => e.On == id || e.From == id).Select(e => e.On == id ? e.From : e.On).Where(boxes.ContainsKey)
            .Select(other => boxes[other].Y).DefaultIfEmpty(0).Average();
    }

    private static GraphLine Line(GraphBox from, GraphBox on, DependencyEdge edge)
    {
        var (x1, y1, x2, y2) = (from.X + BoxWidth, from.Y + BoxHeight / 2, on.X, on.Y + BoxHeight / 2);
        var bend = Math.Max(24, (x2 - x1) / 2);
        return new(
            string.Create(CultureInfo.InvariantCulture, $"M{x1:0.#} {y1:0.#}C{x1 + bend:0.#} {y1:0.#} {x2 - bend:0.#} {y2:0.#} {x2:0.#} {y2:0.#}"),
            edge.Kind == DependencyKind.Soft, $"{from.Node.Name} needs {on.Node.Name}, {DependencyWords.Of(edge)}");
    }

    private static string Short(string name) => name.Length <= MostLetters ? name : string.Concat(name.AsSpan(0, MostLetters - 1), "…");
}
