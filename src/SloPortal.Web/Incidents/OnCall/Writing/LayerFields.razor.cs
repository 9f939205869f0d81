using Microsoft.AspNetCore.Components;
using SloPortal.Application.Incidents.OnCall.Schedules;

namespace SloPortal.Web.Incidents.OnCall.Writing;

/// <summary>The inputs of one layer; whoever draws it hears of every change, so that the preview follows.</summary>
public sealed partial class LayerFields
{
    [Parameter, EditorRequired] public string Id { get; set; } = "";

    [Parameter, EditorRequired] public LayerInput Input { get; set; } = default!;

    [Parameter, EditorRequired] public IReadOnlyList<PersonName> Members { get; set; } = [];

    [Parameter] public int Rank { get; set; }

    /// <summary>How many layers there are.</summary>
    [Parameter] public int Count { get; set; }

    [Parameter] public EventCallback Changed { get; set; }

    /// <summary>−1 is higher, 1 lower, 0 out.</summary>
    [Parameter] public EventCallback<int> Moved { get; set; }

    private string NameOf(Guid person) => Members.FirstOrDefault(m => m.Id == person)?.Name ?? "Somebody who left the team";

    private Task RenameAsync(string? name)
    {
        Input.Name = name;
        return Task.CompletedTask;
    }

    private Task AddAsync(ChangeEventArgs change)
    {
        if (Guid.TryParse(change.Value?.ToString(), out var person))
            Input.People.Add(person);
        return Changed.InvokeAsync();
    }

    private Task MoveAsync(int from, int to)
    {
        (Input.People[from], Input.People[to]) = (Input.People[to], Input.People[from]);
        return Changed.InvokeAsync();
    }

    private Task RemoveAsync(int place)
    {
        Input.People.RemoveAt(place);
        return Changed.InvokeAsync();
    }

    private Task ForgetHoursAsync()
    {
        Input.OtherHours = [];
        Input.Hours.IsOn = true;
        return Changed.InvokeAsync();
    }
}
