using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Files;

namespace SloPortal.Domain.Tests.Measurement.Files;

public sealed class RowReaderTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(TimeForm.Iso, null, "UTC", "2026-11-26T10:00:00Z", "2026-11-26T10:00:00")]
    [InlineData(TimeForm.Iso, null, "Europe/Berlin", "2026-11-26 10:00:07.250", "2026-11-26T09:00:07.25")]
    [InlineData(TimeForm.Iso, null, "Europe/Berlin", "2026-11-26T10:00:00+05:30", "2026-11-26T04:30:00")]
    [InlineData(TimeForm.Iso, null, "UTC", "2026-11-26 10:00:00,123", "2026-11-26T10:00:00.123")]
    [InlineData(TimeForm.UnixSeconds, null, "UTC", "1795689000.5", "2026-11-26T10:30:00.5")]
    [InlineData(TimeForm.UnixMilliseconds, null, "UTC", "1795689000500", "2026-11-26T10:30:00.5")]
    [InlineData(TimeForm.WebLog, null, "UTC", "26/Nov/2026:03:55:36 -0700", "2026-11-26T10:55:36")]
    [InlineData(TimeForm.WebLog, null, "UTC", "[26/Nov/2026:03:55:36 -0700]", "2026-11-26T10:55:36")]
    [InlineData(TimeForm.Syslog, null, "UTC", "Nov 26 10:55:36", "2026-11-26T10:55:36")]
    [InlineData(TimeForm.Syslog, null, "UTC", "Dec  3 10:55:36", "2025-12-03T10:55:36")]
    [InlineData(TimeForm.Syslog, null, "UTC", "Feb 29 00:00:00", "2024-02-29T00:00:00")]
    [InlineData(TimeForm.Custom, "dd.MM.yyyy HH:mm", "Europe/Berlin", "26.11.2026 10:00", "2026-11-26T09:00:00")]
    public void TryRead_Time_IsThatInstant(TimeForm form, string? format, string zone, string text, string expected)
    {
        Assert.True(TimeReader.TryCreate(new TimeRule("t", form, format, zone), Now, out var reader, out var problem), problem);

        Assert.True(reader.TryRead(text, out var instant, out problem), problem);
        Assert.Equal(DateTimeOffset.Parse(expected + "Z", System.Globalization.CultureInfo.InvariantCulture), instant);
    }

    [Theory]
    [InlineData(TimeForm.Iso, "yesterday")]
    [InlineData(TimeForm.Iso, "2026-02-30T10:00:00Z")]
    [InlineData(TimeForm.Iso, "2026-03-29 02:30:00")]
    [InlineData(TimeForm.UnixSeconds, "1795689000500")]
    [InlineData(TimeForm.UnixSeconds, "NaN")]
    [InlineData(TimeForm.UnixMilliseconds, "-1")]
    [InlineData(TimeForm.Syslog, "Feb 30 10:00:00")]
    [InlineData(TimeForm.WebLog, "")]
    public void TryRead_NoTime_SaysSo(TimeForm form, string text)
    {
        Assert.True(TimeReader.TryCreate(new TimeRule("t", form, null, "Europe/Berlin"), Now, out var reader, out _));

        Assert.False(reader.TryRead(text, out _, out var problem));
        Assert.NotEmpty(problem);
    }

    [Theory]
    [InlineData(GoodTest.StatusClasses, "1xx, 2xx, 3xx, 4xx", "404", true)]
    [InlineData(GoodTest.StatusClasses, "1xx, 2xx, 3xx, 4xx", "503", false)]
    [InlineData(GoodTest.OneOf, "ok, done", "OK", true)]
    [InlineData(GoodTest.OneOf, "ok, done", "okay", false)]
    [InlineData(GoodTest.Matches, "2\\d\\d|304", "304", true)]
    [InlineData(GoodTest.Matches, "2\\d\\d|304", "1304", false)]
    [InlineData(GoodTest.AtMost, "300", "300", true)]
    [InlineData(GoodTest.AtMost, "300", "300.1", false)]
    [InlineData(GoodTest.Below, "0.3", "3e-1", false)]
    [InlineData(GoodTest.AtLeast, "1", "1", true)]
    [InlineData(GoodTest.Above, "1", "1", false)]
    public void Read_Event_IsOneEventInItsMinute(GoodTest test, string bound, string value, bool good)
    {
        var reader = Reader(new CountRule(RowMeaning.Event) { Column = "v", Test = test, Value = bound });

        Assert.Equal(new PushedInterval(Now.AddHours(-1), Now.AddMinutes(-59), good ? 1 : 0, 1), reader.Read(["2026-11-26T11:00:59Z", value]).Counts);
    }

    [Fact]
    public void Read_BadAndTotal_CountsTheRestAsGood()
    {
        var reader = Reader(new CountRule(RowMeaning.Counts) { Bad = "v", Total = "n", Minutes = 5, TimeIsEnd = true });

        Assert.Equal(new PushedInterval(Now.AddMinutes(-65), Now.AddHours(-1), 97, 100), reader.Read(["2026-11-26T11:00:00Z", "3", "100"]).Counts);
    }

    [Theory]
    [InlineData("2026-11-26T11:00:00Z", "1,234", "v")]
    [InlineData("2026-11-26T11:00:00Z", "101", "n")]
    [InlineData("2026-11-26T11:00:00Z", "", "v")]
    [InlineData("2024-11-26T11:00:00Z", "1", "t")]
    [InlineData("2026-11-26T13:00:00Z", "1", "t")]
    [InlineData("then", "1", "t")]
    public void Read_BadRow_NamesTheColumn(string time, string good, string column)
    {
        var verdict = Reader(new CountRule(RowMeaning.Counts) { Good = "v", Total = "n" }).Read([time, good, "100"]);

        Assert.Null(verdict.Counts);
        Assert.Equal(column, verdict.Column);
        Assert.NotEmpty(verdict.Problem!);
    }

    [Fact]
    public void Read_RowTooShort_SaysWhichColumnIsMissing() =>
        Assert.Equal("The row has 1 value; column 3 is read.", Reader(new CountRule(RowMeaning.Counts) { Good = "v", Total = "n" }).Read(["x"]).Problem);

    [Fact]
    public void TryCreate_EverythingOpen_NamesEachField()
    {
        var mapping = new RowMapping { Time = new TimeRule("", TimeForm.Custom), Counts = new CountRule(RowMeaning.Event) { Test = GoodTest.AtMost, Value = "fast" } };

        Assert.False(RowReader.TryCreate(mapping, ["t"], Now, TimeSpan.FromDays(400), out _, out var problems));
        Assert.Equal(["Counts.Column", "Counts.Value", "Time.Column", "Time.Format"], problems.Keys.Order());
    }

    [Fact]
    public void Known_ReadyMadeExamples_ReadTheirOwnTime()
    {
        foreach (var known in KnownPatterns.All)
        {
            Assert.Same(known, MappingGuess.Known([known.Example]));
            Assert.True(LinePattern.TryCreate(known.Pattern, out var pattern, out var problem), problem);
            Assert.True(TimeReader.TryCreate(new TimeRule("time", known.Time), Now, out var time, out _));
            var values = pattern.Read(known.Example)!;
            Assert.True(time.TryRead(values[pattern.Columns.ToList().IndexOf("time")], out _, out problem), problem);
        }
    }

    [Fact]
    public void Of_Columns_GuessesWhatTheyMean()
    {
        var nothing = new RowMapping { Time = new TimeRule("", TimeForm.Iso), Counts = new CountRule(RowMeaning.Counts) };

        var counts = MappingGuess.Of(nothing, ["Minute", "errors", "requests"], [["2026-11-26 10:00", "1", "100"]], Now);
        var events = MappingGuess.Of(nothing, ["id", "when", "duration_ms"], [["1", "1795689000", "120"], ["2", "1795689001", "180"]], Now);

        Assert.Equal(new TimeRule("Minute", TimeForm.Iso), counts.Time);
        Assert.Equal(new CountRule(RowMeaning.Counts) { Bad = "errors", Total = "requests" }, counts.Counts);
        Assert.Equal(new TimeRule("when", TimeForm.UnixSeconds), events.Time);
        Assert.Equal(new CountRule(RowMeaning.Event) { Column = "duration_ms", Test = GoodTest.AtMost, Value = "200" }, events.Counts);
    }

    [Theory]
    [InlineData("(a")]
    [InlineData("(?<time>a)\\1")]
    [InlineData("no groups")]
    [InlineData("")]
    public void TryCreate_UnusablePattern_SaysWhy(string text)
    {
        Assert.False(LinePattern.TryCreate(text, out _, out var problem));
        Assert.NotEmpty(problem);
    }

    private static RowReader Reader(CountRule counts)
    {
        var mapping = new RowMapping { Time = new TimeRule("t", TimeForm.Iso), Counts = counts };
        Assert.True(RowReader.TryCreate(mapping, ["t", "v", "n"], Now, TimeSpan.FromDays(400), out var reader, out _));
        return reader;
    }
}
