using CsCheck;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Timeline;
using SloPortal.Domain.Tests.Common;

namespace SloPortal.Domain.Tests.Incidents.Timeline;

public class LineParserTests
{
    private static readonly DateTimeOffset Now = At.Utc("2026-11-26 09:47:30");
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly LinePerson Ruth = new(Guid.NewGuid(), "Ruth Adler");
    private static readonly LinePerson Omar = new(Guid.NewGuid(), "Omar Okafor");
    private static readonly LineContext Context = new(Now, Berlin, IncidentStatus.Acknowledged, [Ruth, Omar, new(Guid.NewGuid(), "Olga Adler")], Omar);

    [Theory]
    [InlineData("deploy rolled back", "deploy rolled back", null)]
    [InlineData("  deploy rolled back ", "deploy rolled back", null)]
    [InlineData("-5m deploy rolled back", "deploy rolled back", "2026-11-26 09:42:30")]
    [InlineData("-5min deploy rolled back", "deploy rolled back", "2026-11-26 09:42:30")]
    [InlineData("-1h30m x", "x", "2026-11-26 08:17:30")]
    [InlineData("-90s x", "x", "2026-11-26 09:46:00")]
    [InlineData("10:42 deploy", "deploy", "2026-11-26 09:42")]
    [InlineData("10:42:07 deploy", "deploy", "2026-11-26 09:42:07")]
    [InlineData("09:42Z deploy", "deploy", "2026-11-26 09:42")]
    [InlineData("09:42 UTC deploy", "deploy", "2026-11-26 09:42")]
    [InlineData("11:00 deploy", "deploy", "2026-11-26 10:00")]
    [InlineData("23:30 deploy", "deploy", "2026-11-25 22:30")]
    [InlineData("2026-11-20 10:42 deploy", "deploy", "2026-11-20 09:42")]
    [InlineData("2026-11-20T10:42Z deploy", "deploy", "2026-11-20 10:42")]
    [InlineData("-5 things failed", "-5 things failed", null)]
    [InlineData("-5mm x", "-5mm x", null)]
    [InlineData("-999999d x", "-999999d x", null)]
    [InlineData("25:00 x", "25:00 x", null)]
    [InlineData("2026-13-40 10:00 x", "2026-13-40 10:00 x", null)]
    [InlineData("//var/log is full", "/var/log is full", null)]
    [InlineData("/note -5m it began", "it began", "2026-11-26 09:42:30")]
    public void Read_WithoutCommand_IsANoteAtItsTime(string text, string body, string? at) =>
        Assert.Equal(new TypedLine.Note(body, at is null ? null : At.Utc(at)), LineParser.Read(text, Context).Line);

    [Theory]
    [InlineData("/status mitigated", IncidentStatus.Mitigated, "", null)]
    [InlineData("/STATUS Mitigated pool restarted", IncidentStatus.Mitigated, "pool restarted", null)]
    [InlineData("-5m /status mitigated", IncidentStatus.Mitigated, "", "2026-11-26 09:42:30")]
    [InlineData("/status -5m mitigated", IncidentStatus.Mitigated, "", "2026-11-26 09:42:30")]
    [InlineData("/status mitigated -5m pool restarted", IncidentStatus.Mitigated, "pool restarted", "2026-11-26 09:42:30")]
    [InlineData("/status mitigated 10:42", IncidentStatus.Mitigated, "", "2026-11-26 09:42")]
    public void Read_Status_TakesTimeAnywhereBeforeTheReason(string text, IncidentStatus to, string reason, string? at) =>
        Assert.Equal(new TypedLine.Status(to, reason, at is null ? null : At.Utc(at)), LineParser.Read(text, Context).Line);

    [Theory]
    [InlineData("/severity 2 spreads", IncidentSeverity.Sev2)]
    [InlineData("/sev SEV-2 spreads", IncidentSeverity.Sev2)]
    [InlineData("/severity sev2 spreads", IncidentSeverity.Sev2)]
    public void Read_Severity_TakesItAsPeopleSayIt(string text, IncidentSeverity to) =>
        Assert.Equal(new TypedLine.Severity(to, "spreads", null), LineParser.Read(text, Context).Line);

    [Theory]
    [InlineData("/role commander @ruth", IncidentRole.Commander, "Ruth Adler")]
    [InlineData("/role ops Ruth Adler", IncidentRole.OperationsLead, "Ruth Adler")]
    [InlineData("/role scribe me", IncidentRole.Scribe, "Omar Okafor")]
    [InlineData("/role comms @okaf", IncidentRole.Communications, "Omar Okafor")]
    public void Read_Role_FindsThePerson(string text, IncidentRole role, string name)
    {
        var line = Assert.IsType<TypedLine.Role>(LineParser.Read(text, Context).Line);
        Assert.Equal((role, name), (line.Of, line.Person.Name));
    }

    [Fact]
    public void Read_Impact_TakesFiguresAndWords()
    {
        Assert.Equal(new TypedLine.Impact("", At.Utc("2026-11-26 09:30"), At.Utc("2026-11-26 09:42:30"), 1200, null),
            LineParser.Read("/impact users 1,200 started 10:30 ended -5m", Context).Line);
        Assert.Equal(new TypedLine.Impact("checkout fails in the EU", null, null, null, null), LineParser.Read("/impact checkout fails in the EU", Context).Line);
        Assert.Equal(new TypedLine.Impact("users cannot pay", null, null, null, null), LineParser.Read("/impact users cannot pay", Context).Line);
    }

    [Theory]
    [InlineData("", "Say what happened.")]
    [InlineData("-5m", "Say what happened 5 min ago.")]
    [InlineData("/", "\"/\" is no command; there are /status")]
    [InlineData("/stauts mitigated", "\"/stauts\" is no command")]
    [InlineData("/status", "Say which status; what can follow is mitigated or resolved.")]
    [InlineData("/status done", "\"done\" is no status")]
    [InlineData("/status closed", "cannot become closed; what can follow is mitigated or resolved.")]
    [InlineData("/status ack", "acknowledged already")]
    [InlineData("/severity", "Say which severity: 1, 2, 3 or 4.")]
    [InlineData("/severity 7", "\"7\" is no severity")]
    [InlineData("/role", "Say which role; there are commander")]
    [InlineData("/role king @ruth", "\"king\" is no role")]
    [InlineData("/role commander", "Say who is commander")]
    [InlineData("/role commander @nobody", "Nobody here is called \"nobody\"")]
    [InlineData("/role commander @adler", "\"adler\" may be Ruth Adler or Olga Adler")]
    [InlineData("/impact", "Say what users feel")]
    [InlineData("/impact started 10:30 ended 10:20", "It ends before it starts")]
    [InlineData("/decision", "Say what was decided")]
    public void Read_WhatItCannotTake_SaysWhatToWrite(string text, string expected)
    {
        var problem = LineParser.Read(text, Context).Problem;
        Assert.Contains(expected, problem, StringComparison.Ordinal);
        Assert.EndsWith(".", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AnyTextOfPieces_IsALineOrASentence() =>
        Gen.OneOf(Gen.String, OneOf("/status ", "/severity ", "/role ", "/impact ", "users ", "started ", "10:42 ", "-5m ", "-99999999999999d", "2026-11-26T", "@", "commander ", " ", "24:00", "9:9"))
            .Array[0, 6].Select(string.Concat)
            .Sample(text =>
            {
                var (line, problem) = LineParser.Read(text, Context);
                _ = LineCompletion.For(text, Context);
                return line is null != problem is null && (line is null || LinePreview.Of(line, Context).Length > 0);
            });

    [Fact]
    public void Read_AnyNote_KeepsEveryWord() =>
        Gen.Char['a', 'z'].Array[1, 30].Select(c => new string(c)).Array[1, 8].Select(w => string.Join(' ', w))
            .Sample(text => LineParser.Read("-5m " + text, Context).Line == new TypedLine.Note(text, Now - TimeSpan.FromMinutes(5)));

    [Fact]
    public void Read_ATimeOfDay_IsWithinHalfADay() =>
        Gen.Select(Gen.Int[0, 23], Gen.Int[0, 59], Gen.Int[0, 86400 * 365]).Sample((hour, minute, seconds) =>
        {
            var now = Now.AddSeconds(seconds);
            var at = LineParser.Read($"{hour:00}:{minute:00} x", Context with { Now = now }).Line!.OccurredAt!.Value;
            var wall = TimeZoneInfo.ConvertTime(at, Berlin);
            // Where the clocks are changed the nearest may be an hour further, and 02:30 may not exist.
            return (at - now).Duration() <= TimeSpan.FromHours(13) && (wall.Minute == minute && (wall.Hour == hour || Math.Abs(wall.Hour - hour) == 1));
        });

    [Theory]
    [InlineData("/", "/status,/severity,/role,/impact,/decision,/pin,/note")]
    [InlineData("/s", "/status,/severity")]
    [InlineData("-5m /st", "/status")]
    [InlineData("/status ", "mitigated,resolved")]
    [InlineData("/status m", "mitigated")]
    [InlineData("/severity ", "1,2,3,4")]
    [InlineData("/role c", "commander,communications")]
    [InlineData("/role commander ", "Omar Okafor,Olga Adler,Ruth Adler")]
    [InlineData("/role commander @ru", "Ruth Adler")]
    [InlineData("deploy", "")]
    [InlineData("//", "")]
    public void Complete_ACommand_OffersWhatFits(string text, string expected) =>
        Assert.Equal(expected, string.Join(',', LineCompletion.For(text, Context).Select(c => c.Word)));

    [Fact]
    public void Complete_TakenOverAndOver_IsRead()
    {
        var line = "-5m /r";
        for (var i = 0; i < 3; i++)
            line = LineCompletion.For(line, Context)[0].Line;
        Assert.Equal("-5m /role commander @Omar Okafor", line);
        Assert.Equal("commander → Omar Okafor, 5 min ago (10:42)", LinePreview.Of(LineParser.Read(line, Context).Line!, Context));
    }

    [Theory]
    [InlineData("x", "note, now")]
    [InlineData("-5m /status mitigated", "status → mitigated, 5 min ago (10:42)")]
    [InlineData("/severity 1", "severity → SEV-1, now")]
    [InlineData("/impact users 1200 started 10:30", "impact → 1,200 users, started 10:30, now")]
    [InlineData("11:00 x", "note, in 13 min (11:00)")]
    [InlineData("23:30 x", "note, 11 h 18 min ago (25 Nov 23:30)")]
    public void Preview_SaysWhatItBecomes(string text, string expected) =>
        Assert.Equal(expected, LinePreview.Of(LineParser.Read(text, Context).Line!, Context));

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);
}
