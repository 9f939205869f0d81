using SloPortal.Application.Incidents.Escalation.Answering;
using SloPortal.Application.Incidents.Escalation.Contacts;
using SloPortal.Application.Incidents.Escalation.Fatigue;
using SloPortal.Application.Incidents.Escalation.Policies;
using SloPortal.Application.Incidents.Escalation.Replay;
using SloPortal.Domain.Incidents.Escalation;
using SloPortal.Domain.Incidents.Escalation.Fatigue;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Incidents.Escalation;

internal static class EscalationEndpoints
{
    public static void MapEscalation(this RouteGroupBuilder api)
    {
        var pages = api.MapGroup("/pages").WithTags("Escalation");
        pages.MapGet("/", async ([AsParameters] PagesAsked asked, ListPages.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(asked.Request(), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListPages").WithSummary("Pages, those that wait for an answer first; from, to, person, at, day, hour, outcome, wait and taken narrow them to those that a figure of the fatigue report counts");
        pages.MapGet("/fatigue", async (string? team, DateTimeOffset? from, DateTimeOffset? to, ReadFatigue.Handler read, CurrentActor current, CancellationToken ct) =>
                (await read.HandleAsync(new ReadFatigue(team, from, to), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ReadFatigue").WithSummary("What pages do to people: by person, shift and hour, the share that was worth it, and the distribution of the time to take; beside the span before. 28 days up to now without from and to");
        pages.MapGet("/{number:int}", async (int number, GetPage.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetPage(number), await current.GetAsync(ct), ct)).ToOk())
            .WithName("GetPage").WithSummary("One page: what it is about, who was called when and by which way, and why");
        pages.MapPost("/{number:int}/acknowledge", async (int number, AcknowledgePage.Handler acknowledge, CurrentActor current, CancellationToken ct) =>
                (await acknowledge.HandleAsync(new AcknowledgePage(number), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("AcknowledgePage").WithSummary("Says that the caller has the page; nobody else is called");
        pages.MapPost("/{number:int}/resolve", async (int number, NoteGiven? note, ResolvePage.Handler resolve, CurrentActor current, CancellationToken ct) =>
                (await resolve.HandleAsync(new ResolvePage(number, note?.Note), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("ResolvePage").WithSummary("Ends a page although its signals go on");
        pages.MapPost("/test", async (SendTestPage request, SendTestPage.Handler send, CurrentActor current, CancellationToken ct) =>
                (await send.HandleAsync(request, await current.GetAsync(ct), ct)).ToCreated(number => $"/api/v1/pages/{number}"))
            .WithName("SendTestPage").WithSummary("Opens a page that says that it is a test and goes the whole way of a real one; answers with its number");

        var ways = api.MapGroup("/ways").WithTags("Escalation");
        ways.MapGet("/", async (ListContactMethods.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(new ListContactMethods(), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListContactMethods").WithSummary("The ways by which the caller is called, the first first. Needs a session");
        ways.MapPost("/", async (AddContactMethod request, AddContactMethod.Handler add, CurrentActor current, CancellationToken ct) =>
                (await add.HandleAsync(request, await current.GetAsync(ct), ct)).ToCreated(id => $"/api/v1/ways/{id}"))
            .WithName("AddContactMethod").WithSummary("Adds a way by which the caller is called. Needs a session");
        ways.MapDelete("/{id:guid}", async (Guid id, RemoveContactMethod.Handler remove, CurrentActor current, CancellationToken ct) =>
                (await remove.HandleAsync(new RemoveContactMethod(id), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("RemoveContactMethod").WithSummary("Takes away a way by which the caller was called. Needs a session");

        var policies = api.MapGroup("/escalation-policies").WithTags("Escalation");
        policies.MapGet("/", async (string? team, ListEscalationPolicies.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(new ListEscalationPolicies(team), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListEscalationPolicies").WithSummary("Escalation policies, with whom they would call at this moment");
        policies.MapPost("/", async (CreateEscalationPolicy request, CreateEscalationPolicy.Handler create, CurrentActor current, CancellationToken ct) =>
                (await create.HandleAsync(request, await current.GetAsync(ct), ct)).ToCreated(id => $"/api/v1/escalation-policies/{id}"))
            .WithName("CreateEscalationPolicy").WithSummary("Adds a policy: who is called, one level after the other");
        policies.MapPut("/{id:guid}", async (Guid id, PolicyGiven to, ChangeEscalationPolicy.Handler change, CurrentActor current, CancellationToken ct) =>
                (await change.HandleAsync(new ChangeEscalationPolicy(id, to.Name, to.Levels, to.Repeats, to.Version), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("ChangeEscalationPolicy").WithSummary("Changes whom a policy calls; pages that are open go on as they began");
        policies.MapDelete("/{id:guid}", async (Guid id, ArchiveEscalationPolicy.Handler archive, CurrentActor current, CancellationToken ct) =>
                (await archive.HandleAsync(new ArchiveEscalationPolicy(id), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("ArchiveEscalationPolicy").WithSummary("Takes a policy out of use; refused while rules call by it");

        var rules = api.MapGroup("/teams/{team}/paging-rules").WithTags("Escalation");
        rules.MapGet("/", async (string team, GetPagingRules.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetPagingRules(team), await current.GetAsync(ct), ct)).ToOk())
            .WithName("GetPagingRules").WithSummary("What becomes of a team's signals: the first rule that fits decides");
        rules.MapPut("/", async (string team, RulesGiven to, SetPagingRules.Handler set, CurrentActor current, CancellationToken ct) =>
                (await set.HandleAsync(new SetPagingRules(team, to.Rules, to.Version), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("SetPagingRules").WithSummary("Replaces the table that says what becomes of a team's signals");
        rules.MapPost("/replay", async (string team, ReplayGiven to, ReplayPaging.Handler replay, CurrentActor current, CancellationToken ct) =>
                (await replay.HandleAsync(new ReplayPaging(team, to.Rules, to.Days ?? ReplayPaging.MostDays), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ReplayPaging").WithSummary("Plays the signals of the last days again by other rules, and sets nothing: pages more or fewer, and incidents that nobody would have been called about");
    }

    /// <summary>What a notification of a browser calls when its button is pressed: the token in it is the proof.</summary>
    public static void MapAnswers(this WebApplication app) =>
        app.MapPost("/answer/{token}/push", async (string token, AnswerByLink.Handler answer, CancellationToken ct) =>
                (await answer.HandleAsync(new AnswerByLink(token, FromPush: true), ct)).ToNoContent())
            .AllowAnonymous().DisableAntiforgery().RequireRateLimiting(RateLimitPolicies.SignIn).ExcludeFromDescription();
}

internal sealed record PagesAsked
{
    public EnumWord<PageState>? State { get; init; }
    public string? Team { get; init; }
    public string? Service { get; init; }
    public string? Text { get; init; }
    public bool? Mine { get; init; }
    public int? Page { get; init; }
    public int? Size { get; init; }
    public DateTimeOffset? From { get; init; }
    public DateTimeOffset? To { get; init; }
    public Guid? Person { get; init; }
    public EnumWord<RestTime>? At { get; init; }
    public EnumWord<DayOfWeek>? Day { get; init; }
    public int? Hour { get; init; }
    public EnumWord<PageOutcome>? Outcome { get; init; }
    public int? Wait { get; init; }
    public bool? Taken { get; init; }

    public ListPages Request()
    {
        var slice = new PageSlice(Person, At?.Value, Day?.Value, Hour, Outcome?.Value, Wait, Taken);
        return new(State?.Value, Team, Service, Text, Mine ?? false, Page ?? 1, Size ?? 50, From is null && To is null && slice == new PageSlice() ? null : new FatigueSlice(From, To, slice));
    }
}

internal sealed record NoteGiven(string? Note);

internal sealed record PolicyGiven(string Name, IReadOnlyList<LevelGiven> Levels, int Repeats, uint? Version);

internal sealed record ReplayGiven(IReadOnlyList<RuleGiven> Rules, int? Days);

internal sealed record RulesGiven(IReadOnlyList<RuleGiven> Rules, uint? Version);
