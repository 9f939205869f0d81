using System.Net.Sockets;

namespace SloPortal.Application.Common;

/// <summary>One try to hand something to somebody else's machine.</summary>
internal static class OneTry
{
    /// <param name="attempt">Answers null when it was taken, or a sentence that says why not.</param>
    /// <param name="patience">Longest that it takes.</param>
    /// <returns>Null when it was taken, or a sentence that says why not, whatever went wrong.</returns>
    public static async Task<string?> RunAsync(Func<CancellationToken, Task<string?>> attempt, TimeSpan patience, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(patience);
        try
        {
            return await attempt(limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return $"It took longer than {patience.TotalSeconds:0} seconds.";
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Sentence(e);
        }
    }

    private static string Sentence(Exception e) => e switch
    {
        { InnerException: AddressRefusedException refused } => refused.Message,
        { InnerException: SocketException socket } => $"It could not be reached: {socket.Message}.",
        SocketException socket => $"It could not be reached: {socket.Message}.",
        _ => e.Message,
    };
}
