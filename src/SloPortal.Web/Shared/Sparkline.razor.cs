using Microsoft.AspNetCore.Components;

namespace SloPortal.Web.Shared;

/// <summary>The small chart of a list: evenly spaced values, gaps where nothing was measured, no script.</summary>
public partial class Sparkline : ComponentBase
{
    private const double Width = 96;
    private const double Height = 24;

    [Parameter, EditorRequired] public IReadOnlyList<double?> Values { get; set; } = [];

    /// <summary>What a screen reader says in place of the picture: "Budget left over 30 d, from 100 to 21 %".</summary>
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    /// <summary>A value drawn as a dashed line, such as an empty budget.</summary>
    [Parameter] public double? Reference { get; set; }

    /// <summary>Fixed ends of the scale, so that rows of a list compare; without them the values' own.</summary>
    [Parameter] public double? Min { get; set; }

    [Parameter] public double? Max { get; set; }

    [Parameter] public Tone Tone { get; set; } = Tone.Neutral;

    private string Path { get; set; } = "";

    private string ReferencePath { get; set; } = "";

    protected override void OnParametersSet()
    {
        var known = Values.Where(v => v is { } value && double.IsFinite(value)).Select(v => v!.Value).ToList();
        if (Reference is { } reference)
        {
            known.Add(reference);
        }

        var min = Min ?? known.DefaultIfEmpty(0).Min();
        var max = Max ?? known.DefaultIfEmpty(1).Max();
        Path = SparklinePath.Of(Values, min, max, Width, Height);
        ReferencePath = Reference is { } line ? SparklinePath.Of([line, line], min, max, Width, Height) : "";
    }
}
