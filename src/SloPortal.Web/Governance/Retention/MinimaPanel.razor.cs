using System.Globalization;
using Microsoft.AspNetCore.Components;
using SloPortal.Application.Governance.Retention;
using SloPortal.Domain.Common;
using SloPortal.Domain.Governance.Retention;
using SloPortal.Domain.Measurement.Retention;
using SloPortal.Web.Access;

namespace SloPortal.Web.Governance.Retention;

/// <summary>How long laws, standards and promises ask that data is kept, and which of them apply here.</summary>
public sealed partial class MinimaPanel
{
    private Guid? deciding;
    private Refusal? trouble;
    private string? framework;
    private string? days;
    private string? source;
    private string? reason;
    private RetentionClass kind;
    private bool adding;
    private bool busy;

    [Parameter, EditorRequired] public IReadOnlyList<FrameworkMinimum> Minima { get; set; } = [];

    [Parameter, EditorRequired] public bool MayChange { get; set; }

    [Parameter, EditorRequired] public DateTimeOffset Now { get; set; }

    [Parameter, EditorRequired] public EventCallback Changed { get; set; }

    [Inject] private AddFrameworkMinimum.Handler Add { get; set; } = default!;
    [Inject] private ApplyFrameworkMinimum.Handler Apply { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;

    private void Begin() => (adding, framework, days, source, kind, trouble) = (true, null, null, null, RetentionClass.Minutes, null);

    private async Task AddAsync()
    {
        // What is no number is refused as any number outside the bounds.
        var number = int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read : 0;
        if (await DoAsync(async actor => (await Add.HandleAsync(new AddFrameworkMinimum(framework ?? "", kind, number, source ?? "", DateOnly.FromDateTime(Now.UtcDateTime)), actor, default)).Refusal))
            adding = false;
    }

    private async Task DecideAsync(FrameworkMinimum minimum)
    {
        if (await DoAsync(async actor => (await Apply.HandleAsync(new ApplyFrameworkMinimum(minimum.Id, minimum.AppliesSince is null, reason ?? ""), actor, default)).Refusal))
            deciding = null;
    }

    private async Task<bool> DoAsync(Func<Domain.Access.Actor, Task<Refusal?>> deed)
    {
        if (busy)
            return false;
        busy = true;
        trouble = await deed(await Current.GetAsync());
        busy = false;
        if (trouble is null)
            await Changed.InvokeAsync();
        return trouble is null;
    }
}
