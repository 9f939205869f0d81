using System.Security.Cryptography;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace SloPortal.Web.Shared;

/// <summary>Keeps a page that fails from taking the frame with it, and gives the reader a reference that stands in the log.</summary>
public sealed partial class PageErrorBoundary : IDisposable
{
    private string reference = "";

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private ILogger<PageErrorBoundary> Logger { get; set; } = default!;

    protected override void OnInitialized() => Navigation.LocationChanged += Leave;

    public void Dispose() => Navigation.LocationChanged -= Leave;

    protected override Task OnErrorAsync(Exception exception)
    {
        reference = RandomNumberGenerator.GetHexString(12, lowercase: true);
        Logger.LogError(exception, "The page {Address} failed, reference {Reference}", new Uri(Navigation.Uri).AbsolutePath, reference);
        return Task.CompletedTask;
    }

    // Another page need not suffer for this one.
    private void Leave(object? sender, LocationChangedEventArgs e) => InvokeAsync(Recover);
}
