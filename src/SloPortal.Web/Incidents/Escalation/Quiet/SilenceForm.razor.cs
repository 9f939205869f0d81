using Microsoft.AspNetCore.Components;
using SloPortal.Application.Incidents.Escalation.Policies;
using SloPortal.Application.Incidents.Escalation.Quiet;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Escalation.Quiet;
using SloPortal.Web.Access;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents.Escalation.Quiet;

/// <summary>Plans a silence, and says before what it would cover.</summary>
public sealed partial class SilenceForm
{
    private ChoicesShown? choices;
    private SilenceTrial? trial;
    private string team = "";
    private string service = "";
    private string conditions = "";
    private DateTime? from;
    private DateTime? to;
    private string? reason;
    private bool busy;
    private Refusal? refusal;

    [Inject] private EscalationChoices.Handler Choices { get; set; } = default!;
    [Inject] private PlanSilence.Handler Plan { get; set; } = default!;
    [Inject] private TrySilence.Handler Try { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    /// <summary>With what the form begins: slugs, and conditions one on a line.</summary>
    [Parameter] public string? Team { get; set; }
    [Parameter] public string? Service { get; set; }
    [Parameter] public string? Conditions { get; set; }

    /// <summary>Called with a sentence of what is done.</summary>
    [Parameter] public EventCallback<string?> Done { get; set; }

    protected override async Task OnInitializedAsync()
    {
        (service, conditions) = (Service ?? "", Conditions ?? "");
        var now = ReaderZone.Wall(Clock.GetUtcNow(), Zone);
        to = new DateTime(now.Year, now.Month, now.Day, now.Hour, now.Minute, 0).AddHours(2);
        await ChooseAsync(Team);
        if (RendererInfo.IsInteractive)
            await TryAsync();
    }

    private async Task TeamAsync(string slug)
    {
        service = "";
        await ChooseAsync(slug);
        await TryAsync();
    }

    private Task ServiceAsync(string slug)
    {
        service = slug;
        return TryAsync();
    }

    private Task ConditionsAsync(string? text)
    {
        conditions = text ?? "";
        return TryAsync();
    }

    private async Task ChooseAsync(string? slug)
    {
        var answer = await Choices.HandleAsync(new EscalationChoices(slug), await Current.GetAsync(), default);
        refusal = answer.Refusal;
        if (!answer.Succeeded)
            return;
        choices = answer.Value;
        team = choices.Team ?? "";
    }

    private async Task TryAsync()
    {
        trial = null;
        if (!Read(out var read))
            return;
        var answer = await Try.HandleAsync(new TrySilence(team, Named, read), await Current.GetAsync(), default);
        (trial, refusal) = (answer.Succeeded ? answer.Value : null, answer.Refusal);
    }

    private async Task SaveAsync()
    {
        if (busy || !Read(out var read))
            return;
        if (to is not { } end)
        {
            refusal = Refusal.Invalid(nameof(PlanSilence.EndsAt), "Say until when.");
            return;
        }
        busy = true;
        var answer = await Plan.HandleAsync(
            new PlanSilence(team, Named, read, from is { } start ? ReaderZone.Instant(start, Zone) : null, ReaderZone.Instant(end, Zone), reason ?? ""), await Current.GetAsync(), default);
        (busy, refusal) = (false, answer.Refusal);
        if (answer.Succeeded)
            await Done.InvokeAsync("The silence is planned. What it keeps from calling stands in the ledger of signals.");
    }

    private string? Named => service.Length == 0 ? null : service;

    /// <returns>False, with the refusal said, where a line is no condition.</returns>
    private bool Read(out List<LabelCondition> read)
    {
        (read, refusal) = ([], null);
        foreach (var line in conditions.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (LabelCondition.Read(line) is { } condition)
                read.Add(condition);
            else
                refusal ??= Refusal.Invalid(nameof(PlanSilence.Conditions), $"\"{line}\" is no condition. Write a label, one of = != =~ !~, and a value.");
        }
        return refusal is null;
    }
}
