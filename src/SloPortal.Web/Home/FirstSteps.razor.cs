using Microsoft.AspNetCore.Components;
using SloPortal.Application.Access;
using SloPortal.Application.Objectives;
using SloPortal.Domain.Access;

namespace SloPortal.Web.Home;

/// <summary>The three steps from an empty portal to the first objective.</summary>
public sealed partial class FirstSteps : IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource left = new();
    private string? trouble;
    private bool busy;

    [Inject]
    private CreateToken.Handler Create { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    [Parameter, EditorRequired]
    public SetupProgress Progress { get; set; } = default!;

    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = default!;

    /// <summary>Asks the page to read the progress again.</summary>
    [Parameter]
    public EventCallback Changed { get; set; }

    private string? Token { get; set; }

    private bool MayMakeToken => Actor.May(Permission.SendSamples) && Actor.May(Permission.ManageOwnAccount);

    /// <summary>The step that is next, 1 to 3.</summary>
    private int Next => !Progress.HasSamples ? 1 : !Progress.HasSli ? 2 : 3;

    private string BaseAddress => Navigation.BaseUri;

    private string Configuration => PrometheusConfiguration.For(BaseAddress, Token);

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender && !Progress.HasSamples)
            _ = WatchAsync();
    }

    public void Dispose()
    {
        left.Cancel();
        left.Dispose();
    }

    // A source appears outside any operation of the portal, so the light looks by itself.
    private async Task WatchAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(LookEvery, Clock);
            while (!Progress.HasSamples && await timer.WaitForNextTickAsync(left.Token))
                await InvokeAsync(Changed.InvokeAsync);
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
    }

    private async Task MakeTokenAsync()
    {
        busy = true;
        var outcome = await Create.HandleAsync(new CreateToken("Prometheus", [TokenScope.Ingest], Days: 365), Actor, left.Token);
        (Token, trouble, busy) = (outcome.Value?.Text, outcome.Refusal?.Message, false);
    }
}
