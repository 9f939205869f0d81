using System.Globalization;
using Microsoft.AspNetCore.Components;
using SloPortal.Application.Incidents.OnCall.Schedules;
using SloPortal.Application.Incidents.OnCall.Shifts;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents.OnCall;

/// <summary>A schedule over two weeks: drawn, as a table, and what the reader can do about a shift. Week, shift and form stand in the address.</summary>
public sealed partial class SchedulePage
{
    private const int Days = 14;

    private static readonly string[] deeds = ["give", "swap", "override"];

    private ScheduleDetails? schedule;
    private Refusal? refusal;
    private Guid me;
    private string? said;
    private TakeShift? undo;
    private string? readFor;

    [Inject] private GetSchedule.Handler Get { get; set; } = default!;
    [Inject] private TakeShift.Handler Take { get; set; } = default!;
    [Inject] private RemoveOverride.Handler RemoveOne { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    [Parameter] public string Slug { get; set; } = "";

    [SupplyParameterFromQuery] private string? From { get; set; }
    [SupplyParameterFromQuery] private string? Do { get; set; }
    [SupplyParameterFromQuery] private string? Shift { get; set; }

    protected override IReadOnlyList<string> Topics { get; } = ["on-call", "teams", "people"];

    protected override TimeSpan? AtLeastEvery => TimeSpan.FromMinutes(1);

    private static IReadOnlyList<Crumb> Way { get; } = [new("On call", Routes.OnCall)];

    private string? Deed => deeds.Contains(Do) ? Do : null;

    private DateOnly? Asked => DateOnly.TryParseExact(From, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2000 and < 2100 ? day : null;

    private DateOnly FirstDay => Asked ?? OnCallWords.Day(Now, Zone).AddDays(-1);

    private string Here => Routes.ScheduleAt(Slug, Asked);

    /// <summary>What is left of it: where it was taken half-way, the part before is another's.</summary>
    private ShiftRow? Picked => Shift is null ? null : schedule?.Strip.Final.FirstOrDefault(s => s.To > Now && OnCallWords.NameOf(s) == Shift);

    /// <summary>Shifts and gaps, in order.</summary>
    private List<(DateTimeOffset From, DateTimeOffset To, ShiftRow? Shift)> Lines =>
    [
        .. schedule!.Strip.Final.Select(s => (s.From, s.To, (ShiftRow?)s)).Concat(schedule.Strip.Gaps.Select(g => (g.From, g.To, (ShiftRow?)null))).OrderBy(l => l.From),
    ];

    private string Sentence
    {
        get
        {
            if (schedule!.ArchivedAt is { } archived)
                return $"{schedule.TeamName}. Archived {RelativeTime.Day(archived, Zone)}; nobody is on call by it.";
            var now = schedule.Strip.Final.FirstOrDefault(s => s.From <= Now && Now < s.To);
            var gaps = schedule.Strip.Gaps.Count == 0 ? "No gap in these two weeks." : $"{char.ToUpperInvariant(OnCallWords.Gaps(schedule.Strip.Gaps.Count)[0])}{OnCallWords.Gaps(schedule.Strip.Gaps.Count)[1..]} in these two weeks.";
            var who = now is not null ? $"{(now.PersonId == me ? "You are" : now.Person + " is")} on call{(now.To < schedule.Strip.To ? $" until {OnCallWords.Moment(now.To, Zone)}" : " now")}."
                : Now >= schedule.Strip.From && Now < schedule.Strip.To ? "Nobody is on call now." : "";
            return $"{schedule.TeamName}. {who} {gaps}";
        }
    }

    protected override Task OnParametersSetAsync()
    {
        var asked = $"{Slug} {From}";
        if (readFor != asked)
            (said, undo) = (null, null);
        return readFor == asked ? Task.CompletedTask : ReadAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var asked = readFor = $"{Slug} {From}";
        var outcome = await Get.HandleAsync(new GetSchedule(Slug, ReaderZone.Instant(FirstDay.ToDateTime(TimeOnly.MinValue), Zone), Days), actor, Left);
        if (asked != $"{Slug} {From}")
            return;
        me = actor.PersonId;
        (schedule, refusal) = (outcome.Value, outcome.Refusal);
    }

    private string? LayerOf(ShiftRow shift) => schedule!.Strip.Layers.FirstOrDefault(l => l.Shifts.Any(s => s.LayerId == shift.LayerId))?.Name;

    private async Task TakeAsync(ShiftRow shift)
    {
        var outcome = await Take.HandleAsync(new TakeShift(Slug, shift.LayerId!.Value, shift.Index!.Value), await Current.GetAsync(Left), Left);
        (said, undo) = (null, null);
        if (outcome.Succeeded)
            (said, undo) = ($"The shift of {shift.Person} is yours{(shift.From > Now ? $" from {OnCallWords.Moment(shift.From, Zone)} on" : " from now on")}.", new TakeShift(Slug, shift.LayerId.Value, shift.Index.Value, shift.PersonId));
        await ReadAsync();
        refusal = outcome.Refusal;
    }

    private async Task UndoAsync()
    {
        var outcome = await Take.HandleAsync(undo!, await Current.GetAsync(Left), Left);
        (said, undo) = (outcome.Succeeded ? "The shift is theirs again." : null, null);
        await ReadAsync();
        refusal = outcome.Refusal;
    }

    private async Task RemoveAsync(OverrideRow one)
    {
        var outcome = await RemoveOne.HandleAsync(new RemoveOverride(Slug, one.Id), await Current.GetAsync(Left), Left);
        (said, undo) = (outcome.Succeeded ? $"The override of {one.Person} has ended." : null, null);
        await ReadAsync();
        refusal = outcome.Refusal;
    }

    private async Task DoneAsync(string sentence)
    {
        Navigation.NavigateTo(Here);
        await ReadAsync();
        (said, undo) = (sentence, null);
    }
}
