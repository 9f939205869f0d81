using CsCheck;
using SloPortal.Domain.Incidents.Detection.Intake;

namespace SloPortal.Domain.Tests.Incidents.Detection;

public sealed class EpisodeBookTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 10, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Take_FiresTwice_IsOneEpisodeAndOneRepetition()
    {
        var book = Book();

        book.Take(Fires());
        book.Take(Fires());

        Assert.Equal(2, Assert.Single(book.Opened).TimesReceived);
        Assert.Equal([SignalEventKind.Fired, SignalEventKind.Repeated], book.Events.Select(e => e.Kind));
        Assert.Null(book.Events[0].DecidedAt);
        Assert.Equal(SignalOutcome.Deduplicated, book.Events[1].Outcome);
        Assert.StartsWith("It repeats what fires since", book.Events[1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Take_SeverityRises_WaitsForADecision()
    {
        var book = Book();

        book.Take(Fires() with { Severity = SignalSeverity.Warning });
        book.Take(Fires() with { Severity = SignalSeverity.Critical });
        book.Take(Fires() with { Severity = SignalSeverity.Info });

        Assert.Equal([SignalEventKind.Fired, SignalEventKind.Changed, SignalEventKind.Repeated], book.Events.Select(e => e.Kind));
        Assert.Equal("It rose from warning to critical.", book.Events[1].Note);
        Assert.Null(book.Events[1].Outcome);
    }

    [Fact]
    public void Take_EndOfWhatNeverFired_IsCountedAndNothingElse()
    {
        var book = Book();

        book.Take(Resolved());
        book.Take(Fires() with { Word = SignalWord.IsAcknowledged });

        Assert.Equal((2, 0), (book.Unknown, book.Events.Count));
    }

    [Fact]
    public void Take_EndOfWhatIsOver_ChangesNothing()
    {
        var book = Book();

        book.Take(Fires());
        book.Take(Resolved());
        book.Take(Resolved());

        Assert.Equal((0, 1, 2), (book.Unknown, book.OverAlready, book.Events.Count));
    }

    [Fact]
    public void Take_CopyOfAnEpisodeThatIsOver_OpensNone()
    {
        var book = Book();
        var fires = Fires() with { StartedAt = Now.AddMinutes(-10), NamesEpisode = true };

        book.Take(fires);
        book.Take(Resolved() with { EndedAt = Now.AddMinutes(-1), NamesEpisode = true });
        book.Take(fires);
        Assert.Equal(SignalState.Resolved, Assert.Single(book.Opened).State);
        Assert.Contains("late copy", book.Events[^1].Reason, StringComparison.Ordinal);

        book.Take(fires with { StartedAt = Now.AddSeconds(-30) });
        Assert.Equal(2, book.Opened.Count);
    }

    [Fact]
    public void Take_EndOfAnEarlierEpisode_LeavesTheLaterOne()
    {
        var book = Book();

        book.Take(Fires() with { StartedAt = Now.AddMinutes(-2), NamesEpisode = true });
        book.Take(Resolved() with { EndedAt = Now.AddMinutes(-5), NamesEpisode = true });

        Assert.Equal(SignalState.Firing, book.Opened[0].State);
    }

    [Fact]
    public void Take_FiresAfterItExpired_IsANewEpisode()
    {
        var old = new Signal(Guid.NewGuid(), null, SignalOrigin.Alertmanager, null, Guid.NewGuid(), Fires() with { ExpiresAt = Now.AddMinutes(-1) }, Now.AddHours(-1));
        var book = Book(old);

        book.Take(Fires());

        Assert.Equal((SignalState.Resolved, Now.AddMinutes(-1)), (old.State, old.EndedAt));
        Assert.Single(book.Opened);
        Assert.Contains("did not say again", book.Events[0].Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_EndBeforeTheStart_EndsAtTheStart()
    {
        var book = Book();

        book.Take(Fires() with { StartedAt = Now });
        book.Take(Resolved() with { EndedAt = Now.AddYears(-2) });

        Assert.Equal(Now, book.Opened[0].EndedAt);
    }

    /// <summary>Whatever comes in whatever order: one open episode a key at most, and a line or a count for each message.</summary>
    [Fact]
    public void Take_AnyMessages_LeaveOneOpenEpisodeAKeyAndALineForEach() =>
        Gen.Select(Gen.Int[0, 3], Gen.Enum<SignalWord>(), Gen.Int[-60, 60], Gen.Bool).Array[0, 60].Sample(messages =>
        {
            var book = Book();
            foreach (var (key, word, minutes, names) in messages)
                book.Take(Fires() with { DedupKey = $"k{key}", Word = word, StartedAt = Now.AddMinutes(minutes), EndedAt = word == SignalWord.IsResolved ? Now.AddMinutes(minutes) : null, NamesEpisode = names });

            Assert.All(book.Opened.Where(s => s.State != SignalState.Resolved).GroupBy(s => s.DedupKey), g => Assert.Single(g));
            Assert.Equal(messages.Length, book.Events.Count + book.Unknown + book.OverAlready);
            Assert.All(book.Opened, s => Assert.True(s.EndedAt is null || s.EndedAt >= s.StartedAt));
            Assert.Equal(book.Opened.Count, book.Events.Count(e => e.Kind == SignalEventKind.Fired));
        });

    private static SignalReading Fires() => new(SignalWord.Fires, "k", "Disk full", SignalSeverity.Error, new Dictionary<string, string>());

    private static SignalReading Resolved() => Fires() with { Word = SignalWord.IsResolved };

    private static EpisodeBook Book(params Signal[] open)
    {
        var team = Guid.NewGuid();
        return new(open.ToDictionary(s => s.DedupKey), new Dictionary<string, PastEpisode>(), r => new Signal(Guid.NewGuid(), null, SignalOrigin.Alertmanager, null, team, r, Now), Now);
    }
}
