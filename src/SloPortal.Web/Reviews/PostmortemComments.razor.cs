using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using SloPortal.Application.Reviews.Approval;
using SloPortal.Application.Reviews.Writing;
using SloPortal.Domain.Common;
using SloPortal.Web.Access;

namespace SloPortal.Web.Reviews;

/// <summary>What people say about a postmortem, beside its text. What is settled is folded away.</summary>
public sealed partial class PostmortemComments : IAsyncDisposable
{
    private IJSObjectReference? module;
    private Refusal? trouble;
    private string body = "";
    private string? quote;
    private bool busy;

    [Inject] private AddComment.Handler Add { get; set; } = default!;
    [Inject] private SettleComment.Handler Settle { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;
    [Inject] private IJSRuntime Js { get; set; } = default!;

    [Parameter, EditorRequired] public int Number { get; set; }
    [Parameter, EditorRequired] public IReadOnlyList<CommentRow> Comments { get; set; } = [];

    /// <summary>Whether the reader may comment.</summary>
    [Parameter, EditorRequired] public bool May { get; set; }

    [Parameter, EditorRequired] public DateTimeOffset Now { get; set; }
    [Parameter, EditorRequired] public EventCallback Changed { get; set; }

    private List<CommentRow> Open => [.. Comments.Where(c => c.SettledAt is null)];

    private List<CommentRow> Settled => [.. Comments.Where(c => c.SettledAt is not null)];

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (module is not null)
                await module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser has gone.
        }
    }

    // Before anything is selected, since it listens.
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
            module = await Js.InvokeAsync<IJSObjectReference>("import", "./js/quote.js");
    }

    private async Task QuoteAsync()
    {
        if (module is not null)
            quote = await module.InvokeAsync<string?>("selection", "text", 1000);
    }

    private async Task AddAsync()
    {
        busy = true;
        trouble = (await Add.HandleAsync(new AddComment(Number, body, quote), await Current.GetAsync(), default)).Refusal;
        busy = false;
        if (trouble is not null)
            return;
        (body, quote) = ("", null);
        await Changed.InvokeAsync();
    }

    private async Task SettleAsync(Guid id)
    {
        busy = true;
        trouble = (await Settle.HandleAsync(new SettleComment(Number, id), await Current.GetAsync(), default)).Refusal;
        busy = false;
        if (trouble is null)
            await Changed.InvokeAsync();
    }
}
