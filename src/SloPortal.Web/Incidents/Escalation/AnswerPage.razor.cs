using Microsoft.AspNetCore.Components;
using SloPortal.Application.Incidents.Escalation.Answering;
using SloPortal.Domain.Common;

namespace SloPortal.Web.Incidents.Escalation;

/// <summary>
/// The link of a message: what is the matter, and one button to take it, without signing in. Opening it takes nothing, since mail programs
/// and their guards open links by themselves.
/// </summary>
public partial class AnswerPage : ComponentBase
{
    private LinkedPage? linked;
    private Refusal? refusal;
    private bool taken;

    [Inject] private ReadAnswerLink.Handler Reader { get; set; } = default!;
    [Inject] private AnswerByLink.Handler Answer { get; set; } = default!;

    [CascadingParameter] private HttpContext Http { get; set; } = default!;

    [Parameter] public string Token { get; set; } = "";

    protected override Task OnInitializedAsync() => ReadAsync();

    private async Task ReadAsync()
    {
        var outcome = await Reader.HandleAsync(new ReadAnswerLink(Token), Http.RequestAborted);
        (linked, refusal) = (outcome.Value, outcome.Refusal);
    }

    private async Task TakeAsync()
    {
        var outcome = await Answer.HandleAsync(new AnswerByLink(Token), Http.RequestAborted);
        await ReadAsync();
        (taken, refusal) = (outcome.Succeeded, outcome.Refusal ?? refusal);
    }
}
