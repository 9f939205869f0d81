using System.Text;
using SloPortal.Domain.Measurement.Files;

namespace SloPortal.Domain.Tests.Measurement.Files;

public sealed class StatsdLineTests
{
    [Theory]
    [InlineData("shop.orders.ok:1|c", StatsdKind.Counter, 1)]
    [InlineData("shop.orders.ok:3|c|@0.1", StatsdKind.Counter, 30)]
    [InlineData("shop.orders.ok:2|c|@0.5|#region:eu,tier:1", StatsdKind.Counter, 4)]
    [InlineData("shop.took:320.5|ms", StatsdKind.Timer, 1)]
    [InlineData("shop.took:320|ms|@0.25", StatsdKind.Timer, 4)]
    [InlineData("shop.took:320|h", StatsdKind.Timer, 1)]
    [InlineData("shop.queue:7|g", StatsdKind.Other, 1)]
    [InlineData("shop.queue:-7|g", StatsdKind.Other, 1)]
    [InlineData("shop.users:anna|s", StatsdKind.Other, 1)]
    public void TryRead_Line_SaysHowManyEvents(string text, StatsdKind kind, double events)
    {
        Assert.True(StatsdLine.TryRead(Encoding.UTF8.GetBytes(text), out var line, out var problem), problem);

        Assert.Equal(kind, line.Kind);
        Assert.Equal(events, line.Events);
        Assert.Equal(text[..text.IndexOf(':')], Encoding.UTF8.GetString(line.Name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("shop")]
    [InlineData(":1|c")]
    [InlineData("shop:|c")]
    [InlineData("shop:1")]
    [InlineData("shop:1|")]
    [InlineData("shop:1|x")]
    [InlineData("shop:-1|c")]
    [InlineData("shop:one|c")]
    [InlineData("shop:NaN|c")]
    [InlineData("shop:1e400|c")]
    [InlineData("shop:1|c|@0")]
    [InlineData("shop:1|c|@2")]
    [InlineData("shop:1|c|@1e-300")]
    [InlineData("shop:1|c|@")]
    public void TryRead_NoLine_SaysWhy(string text)
    {
        Assert.False(StatsdLine.TryRead(Encoding.UTF8.GetBytes(text), out _, out var problem));
        Assert.NotEmpty(problem!);
    }
}
