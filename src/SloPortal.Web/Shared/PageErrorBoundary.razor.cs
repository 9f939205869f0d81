using System.Security.Cryptography;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using SloPortal.Application.Common;

namespace SloPortal.Web.Shared;

/// <summary>Keeps a page that fails from taking the frame with it, and gives the reader a reference that stands in the log.</summary>
public sealed partial class PageErrorBoundary : IDisposable
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource left = new();
    private string reference = "";
    private bool databaseIsAway;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private ILogger<PageErrorBoundary> Logger { get; set; } = default!;

    [Inject]
    private PortalReadiness Readiness { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    protected override void OnInitialized() => Navigation.LocationChanged += Leave;

    public void Dispose()
    {
        Navigation.LocationChanged -= Leave;
        left.Cancel();
        left.Dispose();
    }

    protected override Task OnErrorAsync(Exception exception)
    {
        if (PortalFailure.IsDatabaseAway(exception))
        {
            if (databaseIsAway)
                return Task.CompletedTask;
            databaseIsAway = true;
            Logger.LogWarning("The page {Address} waits for the database ({Reason})", new Uri(Navigation.Uri).AbsolutePath, exception.GetBaseException().Message);
            return GoOnWhenItAnswersAsync();
        }
        reference = RandomNumberGenerator.GetHexString(12, lowercase: true);
        Logger.LogError(exception, "The page {Address} failed, reference {Reference}", new Uri(Navigation.Uri).AbsolutePath, reference);
        return Task.CompletedTask;
    }

    private async Task GoOnWhenItAnswersAsync()
    {
        try
        {
            do
                await Task.Delay(BetweenTries, Clock, left.Token);
            while ((await Readiness.CheckAsync(left.Token)).Any(f => f is { Name: "database", Problem: not null }));
        }
        catch (OperationCanceledException)
        {
            return;
        }
        databaseIsAway = false;
        Recover();
    }

    // Another page need not suffer for this one.
    private void Leave(object? sender, LocationChangedEventArgs e) => InvokeAsync(Recover);
}
