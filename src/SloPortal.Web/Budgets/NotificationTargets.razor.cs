using Microsoft.AspNetCore.Components;
using SloPortal.Application.Access;
using SloPortal.Application.Budgets.Notifying;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Common;
using SloPortal.Web.Access;

namespace SloPortal.Web.Budgets;

/// <summary>Where a team is told about burn alerts: a part of the team's details.</summary>
public sealed partial class NotificationTargets
{
    private TeamTargets? shown;
    private TeamDetails? readFor;
    private TargetRow? removing;
    private Guid? busy;
    private string? typed;
    private string? said;
    private string saidTone = "good";
    private Refusal? refusal;
    private NotificationChannel channel = NotificationChannel.Mail;
    private AlertSeverity severity = AlertSeverity.Ticket;
    private string? address;
    private string? secret;

    [Inject] private ListNotificationTargets.Handler List { get; set; } = default!;
    [Inject] private AddNotificationTarget.Handler Add { get; set; } = default!;
    [Inject] private RemoveNotificationTarget.Handler Remove { get; set; } = default!;
    [Inject] private SendTestMessage.Handler Test { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;

    [Parameter, EditorRequired] public TeamDetails Team { get; set; } = default!;

    // Whoever draws the team again, for what is typed beside, brings the same one.
    protected override Task OnParametersSetAsync() => ReferenceEquals(readFor, Team) ? Task.CompletedTask : ReadAsync();

    private async Task ReadAsync()
    {
        readFor = Team;
        var outcome = await List.HandleAsync(new ListNotificationTargets(Team.Slug), await Current.GetAsync(), default);
        (shown, refusal) = (outcome.Value, outcome.Refusal);
    }

    private async Task AddAsync()
    {
        var given = new AddNotificationTarget(Team.Slug, channel, address ?? "", severity, channel == NotificationChannel.Webhook ? secret : null);
        var refused = (await Add.HandleAsync(given, await Current.GetAsync(), default)).Refusal;
        if (refused is null)
        {
            Say("The target is added. Send it a test message to see that it works.");
            (address, secret) = (null, null);
            await ReadAsync();
        }

        refusal = refused;
    }

    private void Ask(TargetRow target)
    {
        typed = null;
        removing = target;
    }

    private async Task RemoveAsync()
    {
        if (removing is null || typed?.Trim() != NameOf(removing))
            return;
        var refused = (await Remove.HandleAsync(new RemoveNotificationTarget(Team.Slug, removing.Id), await Current.GetAsync(), default)).Refusal;
        Say(refused?.Message ?? $"{NameOf(removing)} is told no more.", refused is null);
        removing = null;
        await ReadAsync();
    }

    private async Task TestAsync(TargetRow target)
    {
        busy = target.Id;
        said = null;
        StateHasChanged();
        var refused = (await Test.HandleAsync(new SendTestMessage(Team.Slug, target.Id), await Current.GetAsync(), default)).Refusal;
        Say(refused?.Message ?? $"{NameOf(target)} took the test message.", refused is null);
        busy = null;
    }

    private void Say(string sentence, bool isGood = true) => (said, saidTone) = (sentence, isGood ? "good" : "bad");

    /// <summary>A mail address, or the host of a webhook: the rest of it may be secret.</summary>
    private static string NameOf(TargetRow target) =>
        target.Channel == NotificationChannel.Webhook && Uri.TryCreate(target.Address, UriKind.Absolute, out var uri) ? uri.Authority : target.Address;
}
