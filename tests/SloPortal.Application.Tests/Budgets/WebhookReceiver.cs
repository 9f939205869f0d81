using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SloPortal.Application.Tests.Budgets;

/// <summary>Takes webhooks over a real connection and answers as the test says.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<(byte[] Body, IHeaderDictionary Headers)> taken = new();

    private WebhookReceiver(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        app = builder.Build();
        app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            // The server clears the request's own headers when it has answered.
            var headers = new HeaderDictionary(context.Request.Headers.ToDictionary(h => h.Key, h => h.Value, StringComparer.OrdinalIgnoreCase));
            taken.Enqueue((body.ToArray(), headers));
            Took?.Invoke(body.ToArray());
            context.Response.StatusCode = Status;
            if (Status is >= 300 and < 400)
                context.Response.Headers.Location = Address + "/elsewhere";
            if (Hold is { } until)
                await until.WaitAsync(context.RequestAborted);
            if (Text.Length > 0)
                await context.Response.WriteAsync(Text);
        });
    }

    /// <summary>Called with each body the moment it is taken.</summary>
    public event Action<byte[]>? Took;

    public int Status { get; set; } = StatusCodes.Status204NoContent;

    /// <summary>The body of each answer.</summary>
    public string Text { get; set; } = "";

    /// <summary>Answers only once this is done; null answers at once.</summary>
    public Task? Hold { get; set; }

    public string Address => app.Urls.Single();

    public IReadOnlyList<(byte[] Body, IHeaderDictionary Headers)> Taken => [.. taken];

    public static async Task<WebhookReceiver> StartAsync(int port = 0)
    {
        var receiver = new WebhookReceiver(port);
        await receiver.app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
