using Microsoft.AspNetCore.Components;
using SloPortal.Application.Catalog;
using SloPortal.Application.Reviews.Writing;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Reviews.Writing;
using SloPortal.Web.Access;

namespace SloPortal.Web.Reviews.Writing;

/// <summary>What a postmortem is about: what search, lists and statistics go by.</summary>
public sealed partial class FactsForm
{
    private IncidentSeverity? severity;
    private DateTime? startedAt;
    private DateTime? endedAt;
    private List<string> services = [];
    private IReadOnlyList<FactorInput> factors = [];
    private IReadOnlyList<ServiceRow> known = [];
    private Refusal? trouble;
    private bool isSaved;
    private bool busy;

    private sealed class FactorInput(FactorKind kind, string? note)
    {
        public FactorKind Kind => kind;
        public bool Contributed { get; set; } = note is not null;
        public string Note { get; set; } = note ?? "";
    }

    [Inject] private ChangeFacts.Handler Change { get; set; } = default!;
    [Inject] private ListServices.Handler List { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;

    [Parameter, EditorRequired] public PostmortemDetail Postmortem { get; set; } = default!;
    [Parameter, EditorRequired] public EventCallback Changed { get; set; }

    protected override async Task OnInitializedAsync()
    {
        severity = Postmortem.Severity;
        (startedAt, endedAt) = (Postmortem.StartedAt?.UtcDateTime, Postmortem.EndedAt?.UtcDateTime);
        services = [.. Postmortem.Services.Select(s => s.Slug)];
        factors = [.. FactorKind.All.Select(k => new FactorInput(k, Postmortem.Factors.FirstOrDefault(f => f.Factor == k.Word)?.Note))];
        known = (await List.HandleAsync(new ListServices(), await Current.GetAsync(), default)).Value ?? [];
    }

    private string NameOf(string slug) =>
        known.FirstOrDefault(k => k.Slug == slug)?.Name ?? Postmortem.Services.FirstOrDefault(s => s.Slug == slug)?.Name ?? slug;

    private void AddService(ChangeEventArgs chosen)
    {
        if (chosen.Value is string { Length: > 0 } slug && !services.Contains(slug))
            services.Add(slug);
    }

    private async Task SaveAsync()
    {
        (busy, isSaved) = (true, false);
        var request = new ChangeFacts(
            Postmortem.Number, severity, Utc(startedAt), Utc(endedAt), services, [.. factors.Where(f => f.Contributed).Select(f => new FactorNote(f.Kind.Word, f.Note))]);
        trouble = (await Change.HandleAsync(request, await Current.GetAsync(), default)).Refusal;
        (busy, isSaved) = (false, trouble is null);
        if (isSaved)
            await Changed.InvokeAsync();
    }

    private static DateTimeOffset? Utc(DateTime? entered) => entered is { } at ? new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc)) : null;
}
