using SloPortal.Application.Common;

namespace SloPortal.Web.Common;

/// <summary>The timer behind all background passes; a pass says itself how often it is due.</summary>
internal sealed class PassTimer(IEnumerable<IPass> passes, PassRunner runner, TimeProvider clock, ILogger<PassTimer> logger) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(passes.Select(pass => RunAsync(pass, stoppingToken)));

    private async Task RunAsync(IPass pass, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Tick < pass.Every ? Tick : pass.Every, clock);
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await runner.RunIfDueAsync(pass, clock.GetUtcNowInMicroseconds(), ct);
                await timer.WaitForNextTickAsync(ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // The database may be away; the next tick tries again.
                logger.LogWarning("The pass {Pass} could not start: {Reason}", pass.Name, e.Message);
                await timer.WaitForNextTickAsync(ct);
            }
        }
    }
}
