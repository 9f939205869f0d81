using System.Globalization;
using Microsoft.AspNetCore.Components;
using SloPortal.Application.Measurement.Comparing;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Comparing;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Measurement.Comparing;

/// <summary>Two measurements of the same thing, hour by hour: how far apart they are, what each did not see, and which to trust. The time stands in the address.</summary>
public sealed partial class CompareSlisPage
{
    /// <summary>Stretches that a list shows.</summary>
    private const int Shown = 12;

    private Refusal? refusal;
    private string? toldFor;

    [Inject] private CompareSlis.Handler Compare { get; set; } = default!;

    [Parameter] public int Id { get; set; }
    [Parameter] public int Other { get; set; }

    [SupplyParameterFromQuery] private int? Days { get; set; }

    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    private ComparisonTold? Told { get; set; }

    protected override IReadOnlyList<string> Topics { get; } = ["measurements"];

    protected override TimeSpan AtMostEvery { get; } = TimeSpan.FromSeconds(3);

    private int Length => Days is { } days && CompareSlis.Spans.Contains(days) ? days : CompareSlis.Spans[0];

    private string Address => Routes.CompareSlis(Id, Other, Length);

    private IReadOnlyList<Crumb> Way => [new("Services", Routes.Services), new(Told!.First.ServiceName, Routes.Service(Told.First.Service)), new(Told.First.Name, Routes.Sli(Id))];

    private IReadOnlyList<Segment> Spans => [.. CompareSlis.Spans.Select(days => new Segment($"{days} d", Routes.CompareSlis(Id, Other, days), days == Length))];

    private IEnumerable<(string Name, string First, string Second)> Trusting =>
    [
        Both("Events an hour, mean", s => ComparisonWords.Events(s.EventsAnHour)),
        Both("Knows an hour to, points", s => s.Known is { } known ? "±" + ComparisonWords.Size(known) : "no data"),
        Both("Hours with data", s => Number(s.HoursWithData)),
        Both("Gap hours", s => Number(s.GapHours)),
        Both("Missed hours", s => Number(s.MissedHours)),
        Both("Good share, all of it", s => PercentText.Attained(s.Counts.Ratio, Told!.BadBelowPercent.Scale)),
    ];

    private IEnumerable<(string Id, string Title, IReadOnlyList<ComparedHour> Hours, string None)> Lists
    {
        get
        {
            var (told, bad) = (Told!, (double)Told!.BadBelowPercent / 100);
            var (first, second) = (told.First.Name, told.Second.Name);
            var both = told.Hours.Where(h => h.BothHaveData).ToList();
            return
            [
                ("first-missed", $"Bad only for {second}", [.. both.Where(h => h.Second.Ratio < bad && !(h.First.Ratio < bad))], $"{first} saw every bad hour that {second} saw."),
                ("second-missed", $"Bad only for {first}", [.. both.Where(h => h.First.Ratio < bad && !(h.Second.Ratio < bad))], $"{second} saw every bad hour that {first} saw."),
                ("first-gaps", $"Without data of {first}", [.. told.Hours.Where(h => !h.First.HasData && h.Second.HasData)], "No such hour."),
                ("second-gaps", $"Without data of {second}", [.. told.Hours.Where(h => h.First.HasData && !h.Second.HasData)], "No such hour."),
            ];
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        if (toldFor != Address)
            await ReadAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var asked = Address;
        var outcome = await Compare.HandleAsync(new CompareSlis(Id, Other, Length), actor, Left);
        // The reader may have gone on to another time meanwhile; its own answer follows.
        if (asked == Address)
            (Told, refusal, toldFor) = (outcome.Value, outcome.Refusal, asked);
    }

    private (string, string, string) Both(string name, Func<ComparedSide, string> text) => (name, text(Told!.First.Side), text(Told.Second.Side));

    private string StoryAt(Interval stretch) => Told!.Objective is { } objective
        ? Routes.ObjectiveAt(objective.Service, objective.Slug, stretch.Start.AddHours(-2), stretch.End.AddHours(2)) : Routes.Sli(Id);

    private string Word(Trusted trusted) => trusted switch { Trusted.First => Told!.First.Name, Trusted.Second => Told!.Second.Name, _ => "neither for an hour" };

    private static string Number(int count) => count.ToString("#,0", CultureInfo.InvariantCulture);
}
