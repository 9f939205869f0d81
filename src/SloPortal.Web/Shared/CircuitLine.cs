using Microsoft.AspNetCore.Components.Server.Circuits;

namespace SloPortal.Web.Shared;

/// <summary>
/// Whether the browser of a page is connected now. A page outlives its connection by some minutes, so that a reader who went through a tunnel
/// finds it as it was; meanwhile nobody looks at it.
/// </summary>
internal sealed class CircuitLine : CircuitHandler
{
    public bool IsUp { get; private set; } = true;

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        IsUp = true;
        return Task.CompletedTask;
    }

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        IsUp = false;
        return Task.CompletedTask;
    }
}
