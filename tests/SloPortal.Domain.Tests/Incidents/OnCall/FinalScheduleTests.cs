using CsCheck;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.OnCall;

namespace SloPortal.Domain.Tests.Incidents.OnCall;

/// <summary>The calculation against one that goes minute by minute, in zones whose clocks change by half an hour, by two, for a month, or at midnight.</summary>
public sealed class FinalScheduleTests
{
    private static readonly DateTimeOffset Begin = new(2018, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset End = new(2028, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Guid[] People = [.. Enumerable.Range(1, 6).Select(i => new Guid(i, 0, 0, new byte[8]))];

    private static readonly string[] Zones =
    [
        "Australia/Lord_Howe", "Africa/Casablanca", "Antarctica/Troll", "Europe/Berlin", "America/New_York", "America/Santiago", "America/Havana", "Africa/Cairo",
        "Asia/Gaza", "Asia/Tehran", "Europe/Dublin", "Pacific/Chatham", "Pacific/Norfolk", "America/Sao_Paulo", "Asia/Kathmandu", "UTC",
    ];

    private static readonly Gen<DateTimeOffset> Instants = Gen.Long[0, (long)(End - Begin).TotalMinutes].Select(m => Begin.AddMinutes(m));

    private static readonly Gen<TimeOnly> Times = Gen.OneOf(Gen.Int[0, 95].Select(q => new TimeOnly(0).Add(TimeSpan.FromMinutes(15 * q))), Gen.Int[0, 15].Select(q => new TimeOnly(0).Add(TimeSpan.FromMinutes(15 * q))));

    private static readonly Gen<WeeklyHours> Hours = Gen.Select(Gen.Enum<DayOfWeek>().Array[1, 7], Times, Times).Select((days, from, to) => new WeeklyHours([.. days.Distinct()], from, to));

    private static readonly Gen<(ShiftUnit Unit, int Every)> Lengths = Gen.OneOf(
        Gen.Int[1, 30].Select(n => (ShiftUnit.Hours, n)), Gen.Int[1, 4].Select(n => (ShiftUnit.Days, n)), Gen.Int[1, 3].Select(n => (ShiftUnit.Weeks, n)));

    /// <summary>A window of some days, half of the time across a change of clocks, and a schedule around it.</summary>
    private static readonly Gen<(Interval Window, Layer[] Layers, ShiftSwap[] Swaps, ShiftOverride[] Overrides)> Cases =
        Gen.Select(AnyOf(Zones), Instants, Gen.Bool, Gen.Int[0, 4000]).SelectMany((zone, instant, atChange, before) =>
        {
            var start = (atChange ? ChangeAfter(zone, instant) : instant).AddMinutes(-before);
            var window = new Interval(start, start.AddDays(5));
            var near = Gen.Int[-3 * 1440, 6 * 1440].Select(m => start.AddMinutes(m));
            var layer = Gen.Select(Lengths, Gen.Int[-60, 3], Times, AnyOf(People).Array[1, 4], Hours.Array[0, 2], near.Array[2], Gen.Int[0, 4]).Select((length, day, handOff, people, hours, ends, how) =>
            {
                var rotation = new Rotation(length.Unit, length.Every, DateOnly.FromDateTime(start.UtcDateTime).AddDays(day), handOff, people, hours);
                return (rotation, from: how == 0 ? ends.Min() : start.AddDays(-100), changed: ends.Max(), how);
            });
            return Gen.Select(layer.Array[1, 3], Gen.Select(Gen.Int[0, 2], Gen.Int[0, 60], AnyOf(People), near).Array[0, 12], Gen.Select(near, Gen.Int[1, 3000], AnyOf(People), Gen.Int[0, 6000]).Array[0, 3], Times)
                .Select((layers, swaps, overrides, moved) => (window, Build(zone, layers, moved), Swaps(layers, start, zone, swaps), Overrides(overrides)));
        });

    [Fact]
    public void Between_AnySchedule_SaysWhatTheNaiveCalculationSaysInEveryMinute() =>
        Cases.Sample(c => AssertSame(c.Window, c.Layers, c.Swaps, c.Overrides), iter: 400, threads: 1, print: Print);

    [Theory]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Africa/Casablanca")]
    [InlineData("Antarctica/Troll")]
    public void Between_TenYearsOfOddDaylightSaving_SaysWhatTheNaiveCalculationSaysInEveryMinute(string zone)
    {
        var (top, day, week) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var moved = Begin.AddYears(4).AddMinutes(777);
        Rotation weekly = new(ShiftUnit.Weeks, 1, new DateOnly(2018, 1, 1), new TimeOnly(1, 45), People[..3], []);
        Layer[] layers =
        [
            new(top, "Nights", new Rotation(ShiftUnit.Hours, 12, new DateOnly(2018, 1, 3), new TimeOnly(2, 15), People[..2], [new([DayOfWeek.Saturday, DayOfWeek.Sunday], new TimeOnly(22, 0), new TimeOnly(2, 30))]), zone, 0, Begin),
            new(day, "Days", new Rotation(ShiftUnit.Days, 2, new DateOnly(2018, 1, 2), new TimeOnly(2, 0), People[1..5], [new(WeeklyHours.Weekdays, new TimeOnly(1, 30), new TimeOnly(17, 0))]), zone, 1, Begin, Begin.AddYears(8)),
            new(week, "Weeks", weekly, zone, 2, Begin, moved),
            new(week, "Weeks", weekly with { HandOff = new TimeOnly(2, 30) }, zone, 2, moved),
        ];
        ShiftSwap[] swaps = [.. Enumerable.Range(0, 300).Select(i => Swap(i % 2 == 0 ? week : day, 3 * i, People[5], Begin.AddDays(i % 7 == 0 ? 21 * i + 2 : 0)))];
        ShiftOverride[] overrides = [.. Enumerable.Range(0, 120).Select(i => Override(Begin.AddDays(30 * i).AddMinutes(i * 7), 60 * 30 + i, People[4], i))];

        AssertSame(new Interval(Begin, End), layers, swaps, overrides);
    }

    [Fact]
    public void Between_TheDayThatSamoaLeftOut_HasNoShift()
    {
        var layer = Of(new Rotation(ShiftUnit.Days, 1, new DateOnly(2011, 12, 28), new TimeOnly(0, 0), People[..4], []), "Pacific/Apia", new(2011, 12, 1, 0, 0, 0, TimeSpan.Zero));

        var shifts = new FinalSchedule([layer], [], []).Between(new(new(2011, 12, 28, 10, 0, 0, TimeSpan.Zero), new(2011, 12, 31, 10, 0, 0, TimeSpan.Zero)));

        Assert.Equal([0, 1, 3], shifts.Select(s => s.Index!.Value));
        Assert.Equal([24.0, 24.0, 24.0], shifts.Select(s => s.Stretch.Length.TotalHours));
    }

    [Theory]
    // Left out: 2:00 to 2:30 in Lord Howe, 1:00 to 3:00 at Troll, 2:00 to 3:00 in Casablanca after Ramadan.
    [InlineData("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:30:00Z")]
    [InlineData("Antarctica/Troll", "2026-03-29", "02:10", "2026-03-29T01:00:00Z")]
    [InlineData("Africa/Casablanca", "2026-03-22", "02:30", "2026-03-22T02:00:00Z")]
    // Comes twice: 1:30 to 2:00, 1:00 to 3:00, 2:00 to 3:00.
    [InlineData("Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-04T14:45:00Z")]
    [InlineData("Antarctica/Troll", "2026-10-25", "02:10", "2026-10-25T00:10:00Z")]
    [InlineData("Africa/Casablanca", "2026-02-15", "02:30", "2026-02-15T01:30:00Z")]
    public void Between_HandOffInAnHourThatClocksLeaveOutOrRepeat_IsAtTheJumpOrTheFirstTime(string zone, string day, string handOff, string expected)
    {
        var first = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture).AddDays(-7);
        var layer = Of(new Rotation(ShiftUnit.Weeks, 1, first, TimeOnly.Parse(handOff, System.Globalization.CultureInfo.InvariantCulture), People[..2], []), zone, Begin);
        var at = DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture);

        var shifts = new FinalSchedule([layer], [], []).Between(new(at.AddDays(-1), at.AddDays(1)));

        Assert.Equal([(People[0], at.AddDays(-1)), (People[1], at)], shifts.Select(s => (s.PersonId, s.From)));
    }

    private static void AssertSame(Interval window, Layer[] layers, ShiftSwap[] swaps, ShiftOverride[] overrides)
    {
        var shifts = new FinalSchedule(layers, swaps, overrides).Between(window);
        Assert.All(shifts, s => Assert.True(s.From < s.To && s.From.UtcTicks % TimeSpan.TicksPerMinute == 0));
        Assert.All(shifts.Zip(shifts.Skip(1)), pair => Assert.True(pair.First.To <= pair.Second.From));
        var next = 0;
        foreach (var (minute, said) in new NaiveSchedule(layers, swaps, overrides).Minutes(window.Start, window.End))
        {
            while (next < shifts.Count && shifts[next].To <= minute)
                next++;
            NaiveSchedule.Said? found = next < shifts.Count && shifts[next] is var shift && shift.From <= minute ? new(shift.PersonId, shift.By, shift.LayerId, shift.Index) : null;
            if (found != said)
                Assert.Fail($"At {minute:O} {said} is on call and not {found}.");
        }
    }

    private static Layer[] Build(string zone, (Rotation Rotation, DateTimeOffset From, DateTimeOffset Changed, int How)[] layers, TimeOnly moved) =>
    [
        .. layers.SelectMany((l, rank) => l.How switch
        {
            // The hand-off moves, and the shifts go on being the same.
            1 or 2 => [new Layer(Id(rank), "a", l.Rotation, zone, rank, l.From, l.Changed), new Layer(Id(rank), "a", l.Rotation with { HandOff = moved }, zone, rank, l.Changed)],
            3 => new[] { new Layer(Id(rank), "a", l.Rotation, zone, rank, l.From, l.Changed) },
            _ => [new Layer(Id(rank), "a", l.Rotation, zone, rank, l.From)],
        }),
    ];

    private static ShiftSwap[] Swaps((Rotation Rotation, DateTimeOffset, DateTimeOffset, int)[] layers, DateTimeOffset start, string zone, (int Layer, int Back, Guid Person, DateTimeOffset At)[] swaps) =>
    [
        .. swaps.DistinctBy(s => s.At).Select(s =>
        {
            // Near the window, or chance would hit none.
            var rotation = layers[s.Layer % layers.Length].Rotation;
            var here = (long)((start.UtcDateTime - rotation.First) / rotation.Length);
            return Swap(Id(s.Layer % layers.Length), Math.Max(0, here + s.Back % 8 - 1), s.Person, s.At);
        }),
    ];

    private static ShiftOverride[] Overrides((DateTimeOffset From, int Minutes, Guid Person, int Removed)[] overrides) =>
        [.. overrides.Select((o, i) => Override(o.From, o.Minutes, o.Person, i, o.Removed < 3000 ? o.From.AddMinutes(o.Removed) : null))];

    private static Gen<T> AnyOf<T>(T[] of) => Gen.Int[0, of.Length - 1].Select(i => of[i]);

    private static Guid Id(int rank) => new(100 + rank, 0, 0, new byte[8]);

    private static Layer Of(Rotation rotation, string zone, DateTimeOffset from) => new(Id(0), "a", rotation, zone, 0, from);

    private static ShiftSwap Swap(Guid layer, long index, Guid person, DateTimeOffset at) => new(Guid.NewGuid(), Guid.Empty, layer, index, person, People[0], at, null, "a", null);

    private static ShiftOverride Override(DateTimeOffset from, int minutes, Guid person, int order, DateTimeOffset? removed = null)
    {
        var made = new ShiftOverride(Guid.NewGuid(), Guid.Empty, person, new(from, from.AddMinutes(minutes)), null, null, "a", Begin.AddSeconds(order));
        if (removed is { } at)
            made.Remove(at);
        return made;
    }

    private static DateTimeOffset ChangeAfter(string zone, DateTimeOffset instant)
    {
        var info = TimeZoneInfo.FindSystemTimeZoneById(zone);
        for (var hour = 0; hour < 24 * 250; hour++)
        {
            if (info.GetUtcOffset(instant.AddHours(hour)) != info.GetUtcOffset(instant.AddHours(hour + 1)))
                return instant.AddHours(hour);
        }
        return instant;
    }

    private static string Print((Interval Window, Layer[] Layers, ShiftSwap[] Swaps, ShiftOverride[] Overrides) c) =>
        $"{c.Window} {string.Join("; ", c.Layers.Select(l => $"{l} people {string.Join(',', l.Rotation.People)} hours {string.Join(',', l.Rotation.Hours.Select(h => $"{string.Join('/', h.Days)} {h.From}-{h.To}"))}"))}";
}
