using Microsoft.AspNetCore.Components;
using SloPortal.Application.Incidents.Runbooks;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Runbooks;
using SloPortal.Web.Access;

namespace SloPortal.Web.Incidents.Runbooks;

/// <summary>Writes the runbook of a service. What is typed stays until it is saved.</summary>
public sealed partial class RunbookForm : ComponentBase
{
    private readonly List<Draft> steps = [];
    private string? title;
    private Refusal? refusal;
    private bool busy;

    [Inject] private SetRunbook.Handler Set { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;

    /// <summary>As it is now, to those who may change it.</summary>
    [Parameter, EditorRequired] public RunbookRead Runbook { get; set; } = default!;

    [Parameter] public EventCallback Saved { get; set; }

    private sealed class Draft
    {
        public Guid? Id { get; init; }
        public string? Name { get; set; }
        public string? Does { get; set; }
        public StepKind Kind { get; set; }
        public string? Address { get; set; }
        public string? Secret { get; set; }
        public int Timeout { get; set; } = 10;
        public bool IsSigned { get; init; }
    }

    protected override void OnInitialized()
    {
        title = Runbook.Title;
        steps.AddRange(Runbook.Steps.Select(s => new Draft { Id = s.Id, Name = s.Name, Does = s.Does, Kind = s.Kind, Address = s.Address, Timeout = s.TimeoutSeconds, IsSigned = s.IsSigned }));
        if (steps.Count == 0)
            steps.Add(new Draft());
    }

    private void Raise(int place) => (steps[place - 1], steps[place]) = (steps[place], steps[place - 1]);

    private async Task SaveAsync()
    {
        busy = true;
        refusal = (await Set.HandleAsync(
            new SetRunbook(Runbook.Service, title ?? "", [.. steps.Select(s => new StepGiven(s.Name ?? "", s.Does, s.Kind, s.Address ?? "", s.Timeout, string.IsNullOrEmpty(s.Secret) ? null : s.Secret, s.Id))], Runbook.Version),
            await Current.GetAsync(), default)).Refusal;
        busy = false;
        if (refusal is null)
            await Saved.InvokeAsync();
    }
}
