using System.Diagnostics;
using System.Globalization;
using System.Text;
using SloPortal.Application.Measurement.Files;
using SloPortal.Application.Tests.Objectives.AsCode;
using SloPortal.Application.Tests.Measurement.Slis;
using SloPortal.Domain.Measurement.Files;

namespace SloPortal.Application.Tests.Measurement.Files;

/// <summary>Real logs, counted as one line of awk counts them.</summary>
public sealed class SharedLogTests : IAsyncLifetime
{
    private const string OpenStack = """(?<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+) .* "(?<request>[^"]*)" status: (?<status>\d+) len: (?<length>\d+) time: (?<took>[\d.]+)""";

    private FilePortal files = null!;

    public async ValueTask InitializeAsync() => files = await FilePortal.OpenAsync();

    public ValueTask DisposeAsync() => files.DisposeAsync();

    [Fact]
    public async Task Count_WebLog_GivesTheStatusClassesOfAwk()
    {
        var path = Path.Combine(SharedData.Folder("logs"), "apache_combined_semicomplete.log");
        MoveTo(2015, 5, 20);
        var log = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);

        var run = await files.CountAsync(log);

        Assert.Equal(FileRunState.Done, run.Row.State);
        Assert.Equal((5000, 0), (run.Row.Kept, run.Row.Refused));
        Assert.Equal(Awk(path, "$9 < 500"), run.Row.Good);
        for (var status = 2; status <= 5; status++)
        {
            var mapping = run.Mapping! with { Counts = run.Mapping.Counts with { Value = $"{status}xx" } };
            Assert.Equal(Awk(path, $"int($9 / 100) == {status}"), (await files.CountAsync(log, null, mapping)).Row.Good);
        }
    }

    [Theory]
    [InlineData("0.25")]
    [InlineData("0.3")]
    public async Task Count_OpenStackLog_GivesTheLatenciesOfAwk(string threshold)
    {
        var path = Path.Combine(SharedData.Folder("logs"), "loghub_OpenStack_2k.log");
        MoveTo(2017, 5, 20);

        var run = await files.CountAsync(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken), null, new RowMapping
        {
            Format = RowFormat.Lines,
            Pattern = OpenStack,
            PassOverOthers = true,
            Time = new TimeRule("time", TimeForm.Iso),
            Counts = new CountRule(RowMeaning.Event) { Column = "took", Test = GoodTest.AtMost, Value = threshold },
        });

        Assert.Equal((0, 0), (run.Row.Refused, run.Row.Duplicates));
        Assert.Equal(Awk(path, "/ status: [0-9]+ len: / && $NF != \"\""), run.Row.Total);
        Assert.Equal(Awk(path, $"/ status: [0-9]+ len: / && $NF <= {threshold}"), run.Row.Good);
        Assert.Equal(run.Row.RowsRead, run.Row.Kept + run.Row.PassedOver);
    }

    /// <summary>The logs are old, so the portal is.</summary>
    private void MoveTo(int year, int month, int day) => files.Portal.Clock.AdjustTime(new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero).AddDays(10));

    private static double Awk(string file, string condition)
    {
        using var awk = Process.Start(new ProcessStartInfo("awk", [condition + " { n++ } END { print n + 0 }", file]) { RedirectStandardOutput = true })!;
        var answer = awk.StandardOutput.ReadToEnd();
        awk.WaitForExit();
        return double.Parse(answer, CultureInfo.InvariantCulture);
    }
}
