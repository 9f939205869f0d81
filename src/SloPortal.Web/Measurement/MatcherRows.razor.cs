using Microsoft.AspNetCore.Components;
using SloPortal.Domain.Measurement;

namespace SloPortal.Web.Measurement;

/// <summary>The conditions on labels: name, operator, value, each completed from what really arrives.</summary>
public sealed partial class MatcherRows
{
    [Parameter, EditorRequired] public string Id { get; set; } = "";

    [Parameter, EditorRequired] public string Legend { get; set; } = "";

    [Parameter] public bool Optional { get; set; }

    [Parameter] public string AddWord { get; set; } = "Add a condition";

    [Parameter, EditorRequired] public List<MatcherInput> Matchers { get; set; } = [];

    [Parameter, EditorRequired] public Func<CancellationToken, Task<IReadOnlyList<string>>> Labels { get; set; } = default!;

    [Parameter, EditorRequired] public Func<string, string, CancellationToken, Task<IReadOnlyList<string>>> Values { get; set; } = default!;

    [Parameter] public EventCallback Changed { get; set; }

    private Task<IReadOnlyList<string>> LabelsAsync(string text, CancellationToken ct) => Labels(ct);

    // A pattern is no beginning of a value, so all values are offered beside it.
    private Task<IReadOnlyList<string>> ValuesAsync(MatcherInput matcher, string text, CancellationToken ct) =>
        Values(matcher.Label.Trim(), matcher.Operator is MatchOperator.Equal or MatchOperator.NotEqual ? text : "", ct);

    private Task SetAsync(Action change)
    {
        change();
        return Changed.InvokeAsync();
    }
}
