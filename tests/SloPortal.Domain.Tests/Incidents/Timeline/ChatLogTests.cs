using CsCheck;
using SloPortal.Domain.Incidents.Timeline;
using SloPortal.Domain.Tests.Common;

namespace SloPortal.Domain.Tests.Incidents.Timeline;

public class ChatLogTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly ChatContext Context = new(At.Utc("2026-11-27 14:00"), At.Utc("2026-11-26 09:40"), Berlin);

    private static string Read(string text, ChatContext? context = null) => string.Join('\n', ChatLog.Read(text, context ?? Context).Select(p => p switch
    {
        ChatMessage m => $"{m.At.UtcDateTime:MM-dd HH:mm:ss} {m.Author ?? "?"}: {m.Text.Replace("\n", "⏎", StringComparison.Ordinal)}",
        _ => $"! {p.FirstLine} {p.Text.Replace("\n", "⏎", StringComparison.Ordinal)}",
    }));

    [Theory]
    [InlineData("[10:42] ruth: looks like the pool", "11-26 09:42:00 ruth: looks like the pool")]
    [InlineData("[10:42:07] ruth: 2:1 for the pool: yes", "11-26 09:42:07 ruth: 2:1 for the pool: yes")]
    [InlineData("10:42 <ruth> text", "11-26 09:42:00 ruth: text")]
    [InlineData("10:42 <@ruth> text", "11-26 09:42:00 ruth: text")]
    [InlineData("10:42:07 ruth | text", "11-26 09:42:07 ruth: text")]
    [InlineData("10:42 * ruth restarts the pool", "11-26 09:42:00 ruth: restarts the pool")]
    [InlineData("2026-11-26T10:42:07Z ruth: text", "11-26 10:42:07 ruth: text")]
    [InlineData("2026-11-26T10:42:07.250+02:00 ruth: text", "11-26 08:42:07 ruth: text")]
    [InlineData("2026-11-25 10:42:07 <ruth> text", "11-25 09:42:07 ruth: text")]
    [InlineData("[26/11/2026, 10:42:07] Ruth Adler: text", "11-26 09:42:07 Ruth Adler: text")]
    [InlineData("[11/26/2026 10:42 PM] Adler, Ruth: text", "11-26 21:42:00 Adler, Ruth: text")]
    [InlineData("[26.11.2026 10:42] Ruth: text", "11-26 09:42:00 Ruth: text")]
    [InlineData("10:42 pool restarted", "11-26 09:42:00 ?: pool restarted")]
    [InlineData("10:42 UTC ruth: text", "11-26 10:42:00 ruth: text")]
    [InlineData("Ruth Adler  10:42 AM\nlooks like the pool", "11-26 09:42:00 Ruth Adler: looks like the pool")]
    [InlineData("Ruth Adler\n10:42 AM\nlooks like the pool", "11-26 09:42:00 Ruth Adler: looks like the pool")]
    [InlineData("deploybot APP  10:42 AM\nreleased 7.42", "11-26 09:42:00 deploybot: released 7.42")]
    [InlineData("Ruth Adler 11/26/2026 10:42 AM\ntext", "11-26 09:42:00 Ruth Adler: text")]
    [InlineData("12:05 AM\nx", "11-25 23:05:00 ?: x")]
    public void Read_OneMessage_GivesTimeAuthorAndText(string text, string expected) => Assert.Equal(expected, Read(text));

    [Fact]
    public void Read_Slack_GroupsByAuthorAndKeepsEveryLine() => Assert.Equal(
        """
        11-26 09:42:00 Ruth Adler: looks like the pool⏎we restarted at 10:40⏎⏎10:41 was the last good one
        11-26 09:43:00 Ruth Adler: errors fall
        11-26 09:45:00 Omar Okafor: confirmed
        """, Read(
        """
        Ruth Adler  10:42 AM
        looks like the pool
        we restarted at 10:40

        10:41 was the last good one
        10:43
        errors fall
        Omar Okafor  10:45 AM
        confirmed
        """));

    [Fact]
    public void Read_TwoLineHeads_TakeTheNameAbove() => Assert.Equal(
        """
        11-26 09:42:00 Ruth Adler: looks like the pool
        11-26 09:45:00 Omar Okafor: confirmed
        11-26 09:46:00 Omar Okafor: errors fall
        """, Read(
        """
        Ruth Adler
        10:42
        looks like the pool

        Omar Okafor
        10:45
        confirmed
        10:46
        errors fall
        """));

    [Fact]
    public void Read_PastMidnight_GoesToTheNextDay() => Assert.Equal(
        """
        11-26 22:58:00 ruth: a
        11-26 23:02:00 omar: b
        11-26 23:01:00 ruth: c
        """, Read(
        """
        [23:58] ruth: a
        [00:02] omar: b
        [00:01] ruth: c
        """, Context with { StartedAt = At.Utc("2026-11-26 22:50") }));

    [Fact]
    public void Read_LinesThatNameADay_PlaceWhatFollows() => Assert.Equal(
        """
        11-24 09:00:00 ruth: a
        11-26 09:00:00 ruth: b
        11-27 09:00:00 ruth: c
        """, Read(
        """
        Tuesday, November 24th
        [10:00] ruth: a
        ----- Yesterday -----
        [10:00] ruth: b
        Today
        [10:00] ruth: c
        """));

    [Fact]
    public void Read_AmbiguousDates_TakesTheOneNearTheIncident() =>
        Assert.Equal("12-11 09:00:00 ruth: a", Read("[11/12/2026 10:00] ruth: a", Context with { StartedAt = At.Utc("2026-12-10"), Now = At.Utc("2026-12-12") }));

    [Fact]
    public void Read_FirstTimeLiesAhead_IsYesterdays() =>
        Assert.Equal("11-25 22:50:00 ruth: a", Read("[23:50] ruth: a", new(At.Utc("2026-11-26 12:00"), At.Utc("2026-11-26 11:30"), Berlin)));

    [Fact]
    public void Read_WhatNobodyCanRead_IsShownAndKept() => Assert.Equal(
        """
        ! 1 Conversation export⏎channel: incidents
        11-26 09:42:00 ruth: a⏎-!- omar has joined
        ! 6 omar
        """, Read(
        """
        Conversation export
        channel: incidents

        [10:42] ruth: a
        -!- omar has joined
        [10:43] omar:
        """).Replace("\n\n", "\n", StringComparison.Ordinal));

    [Fact]
    public void Read_Anything_LosesNoWord() =>
        Gen.OneOf(Gen.Char['a', 'z'].Array[1, 8].Select(c => new string(c)), OneOf("[10:42] ruth: x", "Ruth Adler  10:42 AM", "10:43", "", "Ruth Adler", "10:44 <omar> y", "99:99 z", "2026-99-99 10:00 q: r", "  ", "[", "* a", "10:42 -!- join"))
            .Array[0, 12].Select(l => string.Join('\n', l))
            .Sample(text =>
            {
                var pieces = ChatLog.Read(text, Context);
                var kept = string.Join(' ', pieces.Select(p => (p is ChatMessage m ? m.Author + " " : "") + p.Text));
                return text.Split((char[])['\n', ' '], StringSplitOptions.RemoveEmptyEntries).Where(w => w.All(char.IsAsciiLetterLower) && w != "join")
                    .All(w => kept.Contains(w, StringComparison.Ordinal));
            });

    [Fact]
    public void Read_AMegabyte_EndsSoon()
    {
        var lines = string.Join('\n', Enumerable.Range(0, 20_000).Select(i => $"[10:{i % 60:00}] ruth: {new string('x', 40)}"));
        Assert.Equal(20_000, ChatLog.Read(lines, Context).Count);
        Assert.Single(ChatLog.Read(new string('a', 1_000_000), Context));
        Assert.Single(ChatLog.Read("10:42 " + new string(' ', 200_000) + "x", Context));
    }

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);
}
