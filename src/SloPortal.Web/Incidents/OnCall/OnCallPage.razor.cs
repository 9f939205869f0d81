using Microsoft.AspNetCore.Components;
using SloPortal.Application.Incidents.OnCall;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Web.Incidents.OnCall;

/// <summary>Who is on call now and next everywhere, and when the reader is.</summary>
public sealed partial class OnCallPage
{
    private const int Most = 10;

    private OnCallAnswer? answer;
    private Refusal? refusal;
    private Guid me;
    private bool mayCreate;
    private bool mayRespond;

    [Inject] private WhoIsOnCall.Handler Who { get; set; } = default!;

    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    protected override IReadOnlyList<string> Topics { get; } = ["on-call", "teams", "people"];

    // A shift ends by the clock, which nobody publishes.
    protected override TimeSpan? AtLeastEvery => TimeSpan.FromMinutes(1);

    private string Sentence
    {
        get
        {
            if (answer is null)
                return "Reading who is on call.";
            var gaps = answer.Schedules.Count(s => s.Now is null);
            var everywhere = answer.Schedules.Count switch
            {
                0 => "No team has a schedule.",
                _ when gaps == 0 => "Somebody is on call in every schedule.",
                1 => "Nobody is on call.",
                var all => $"Nobody is on call in {gaps} of {all} schedules.",
            };
            var mine = answer.Mine.FirstOrDefault(u => u.Shift.From > Now);
            return mine is null ? everywhere : $"{everywhere} Your next shift begins {OnCallWords.Moment(mine.Shift.From, Zone)}.";
        }
    }

    protected override Task OnInitializedAsync() => ReadAsync();

    protected override async Task ReadAsync(Actor actor)
    {
        var outcome = await Who.HandleAsync(new WhoIsOnCall(), actor, Left);
        (me, mayCreate, mayRespond) = (actor.PersonId, actor.May(Permission.OwnServices), actor.May(Permission.Respond));
        (answer, refusal) = (outcome.Value ?? answer, outcome.Refusal);
    }
}
