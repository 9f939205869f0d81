using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using SloPortal.Application.Incidents.Escalation.Answering;
using SloPortal.Application.Incidents.Escalation.Contacts;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Escalation;

namespace SloPortal.Web.Incidents.Escalation;

/// <summary>The ways by which the reader is called, and a call to try them.</summary>
public sealed partial class WaysPage
{
    private static readonly ContactChannel[] Channels = [ContactChannel.Push, ContactChannel.Mail, ContactChannel.Slack, ContactChannel.Teams, ContactChannel.Mattermost, ContactChannel.Webhook];

    private Refusal? refusal;
    private Refusal? trouble;
    private bool busy;
    private ContactChannel channel = ContactChannel.Push;
    private int delay;
    private string? address;
    private string? name;
    private string? said;
    private int? test;

    [Inject] private ListContactMethods.Handler List { get; set; } = default!;
    [Inject] private AddContactMethod.Handler Add { get; set; } = default!;
    [Inject] private RemoveContactMethod.Handler Remove { get; set; } = default!;
    [Inject] private SendTestPage.Handler Test { get; set; } = default!;
    [Inject] private IJSRuntime Js { get; set; } = default!;

    /// <summary>What was read, so that the live page begins with what was prerendered.</summary>
    [PersistentState] public OwnWays? Shown { get; set; }

    /// <summary>A call that is sent shows on its way.</summary>
    protected override IReadOnlyList<string> Topics { get; } = ["contacts", "pages"];

    private string Sentence => Shown switch
    {
        null => "Reading your ways.",
        { Ways.Count: 0, Account: null } => "A page reaches you only in the portal. Add a way that wakes you.",
        { Ways.Count: 0 } => "A page reaches you by mail. Add a way that wakes you.",
        { Ways.Count: 1 } => "A page reaches you by one way.",
        _ => $"A page reaches you by {Shown.Ways.Count} ways.",
    };

    protected override async Task OnInitializedAsync()
    {
        if (Shown is null)
            await ReadAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var outcome = await List.HandleAsync(new ListContactMethods(), actor, Left);
        (Shown, refusal) = (outcome.Value, outcome.Refusal);
    }

    private async Task AddAsync()
    {
        busy = true;
        (said, test) = (null, null);
        PushSubscriptionGiven? push = null;
        if (channel == ContactChannel.Push)
        {
            var answer = await SubscribeAsync();
            if (answer.Refused is { } why)
            {
                (trouble, busy) = (Refusal.Conflict(why), false);
                return;
            }
            push = answer.Subscription;
        }
        var outcome = await Add.HandleAsync(new AddContactMethod(channel, channel == ContactChannel.Push ? null : address, delay, push, channel == ContactChannel.Push ? name : null), await Current.GetAsync(Left), Left);
        (trouble, busy) = (outcome.Refusal, false);
        if (outcome.Succeeded)
        {
            said = "The way is added. Call yourself to see that it works.";
            (address, name) = (null, null);
            await ReadAsync();
        }
    }

    private async Task RemoveAsync(WayRow way)
    {
        busy = true;
        trouble = (await Remove.HandleAsync(new RemoveContactMethod(way.Id), await Current.GetAsync(Left), Left)).Refusal;
        busy = false;
        (said, test) = (trouble is null ? $"{way.Hint} is called no more." : null, null);
        await ReadAsync();
    }

    private async Task TestAsync()
    {
        busy = true;
        var outcome = await Test.HandleAsync(new SendTestPage(), await Current.GetAsync(Left), Left);
        (trouble, busy) = (outcome.Refusal, false);
        said = outcome.Succeeded ? "You are being called." : null;
        test = outcome.Succeeded ? outcome.Value : null;
    }

    /// <param name="Refused">Why the browser gives none, as a sentence.</param>
    private sealed record PushAnswer(PushSubscriptionGiven? Subscription, string? Refused);

    private async Task<PushAnswer> SubscribeAsync()
    {
        await using var module = await Js.InvokeAsync<IJSObjectReference>("import", "./js/push.js");
        return await module.InvokeAsync<PushAnswer>("subscribe", Left, Shown!.PushKey);
    }

    private static string Label(ContactChannel channel) => channel switch
    {
        ContactChannel.Push => "Notification of this browser",
        ContactChannel.Webhook => "Webhook (text, call, anything)",
        _ => PageWords.Channel(channel),
    };

    private static string? HintOf(ContactChannel channel) => channel switch
    {
        ContactChannel.Slack => "An incoming webhook of Slack.",
        ContactChannel.Teams => "The address of a Teams workflow \"when a webhook request is received\".",
        ContactChannel.Mattermost => "An incoming webhook of Mattermost.",
        ContactChannel.Webhook => "It receives JSON; docs/webhooks.md describes it.",
        _ => null,
    };
}
