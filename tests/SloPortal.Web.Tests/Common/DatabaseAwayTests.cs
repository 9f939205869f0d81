using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using SloPortal.Web.Common;

namespace SloPortal.Web.Tests.Common;

public sealed class DatabaseAwayTests
{
    private static readonly NpgsqlException Away = new("Failed to connect", new SocketException(111));

    [Theory]
    [InlineData("/api/v1/services", "application/problem+json")]
    [InlineData("/in/key/alertmanager", "application/problem+json")]
    [InlineData("/v2/enqueue", "application/problem+json")]
    [InlineData("/objectives", "text/html; charset=utf-8")]
    public async Task TryHandle_DatabaseAway_Is503WithRetryAfter(string path, string contentType)
    {
        var context = Context(path);

        var handled = await new DatabaseAwayHandler(NullLogger<DatabaseAwayHandler>.Instance).TryHandleAsync(context, new InvalidOperationException("wrapped", Away), default);

        Assert.True(handled);
        Assert.Equal(503, context.Response.StatusCode);
        Assert.Equal("5", context.Response.Headers.RetryAfter);
        Assert.Equal(contentType, context.Response.ContentType);
        context.Response.Body.Position = 0;
        Assert.Contains("The database does not answer", await new StreamReader(context.Response.Body).ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TryHandle_ABug_IsLeftToOthers() =>
        Assert.False(await new DatabaseAwayHandler(NullLogger<DatabaseAwayHandler>.Instance).TryHandleAsync(Context("/api/v1/services"), new InvalidOperationException("a bug"), default));

    [Fact]
    public async Task UntilItAnswers_AwayForAWhile_TriesAgain()
    {
        var clock = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.Zero };
        var tries = 0;

        var waiting = DatabaseWait.UntilItAnswersAsync(_ => ++tries < 3 ? throw Away : Task.CompletedTask, clock, NullLogger.Instance, default);
        while (!waiting.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await waiting;
        Assert.Equal(3, tries);
    }

    [Fact]
    public async Task UntilItAnswers_AwayForAMinute_SaysWhatToDo()
    {
        var clock = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromSeconds(61) };

        var gaveUp = await Assert.ThrowsAsync<DatabaseAwayException>(() => DatabaseWait.UntilItAnswersAsync(_ => throw Away, clock, NullLogger.Instance, default));

        Assert.Contains("ConnectionStrings__Portal", gaveUp.Message, StringComparison.Ordinal);
    }

    private static DefaultHttpContext Context(string path) => new()
    {
        Request = { Path = path, Method = "GET" },
        Response = { Body = new MemoryStream() },
        RequestServices = new ServiceCollection().AddLogging().AddProblemDetails().BuildServiceProvider(),
    };
}
