using Microsoft.AspNetCore.Components;
using SloPortal.Application.Access.Notices;
using SloPortal.Application.Common;
using SloPortal.Domain.Access;

namespace SloPortal.Web.Access;

/// <summary>What the reader was told, in the top bar, live.</summary>
public sealed partial class NoticeBell
{
    private const int Most = 8;

    private NoticeList? list;
    private Guid reader;

    [Inject] private ListNotices.Handler List { get; set; } = default!;
    [Inject] private ReadNotices.Handler Mark { get; set; } = default!;

    protected override IReadOnlyList<string> Topics => reader == Guid.Empty ? [] : [$"notices/{reader}"];

    private string Words => list switch
    {
        { Unread: 1 } => "Notices, 1 new",
        { Unread: > 1 } => $"Notices, {list.Unread} new",
        _ => "Notices",
    };

    protected override Task OnInitializedAsync() => ReadWherePossibleAsync();

    protected override async Task ReadAsync(Actor actor)
    {
        reader = actor.PersonId;
        list = (await List.HandleAsync(new ListNotices(Most), actor, Left)).Value;
    }

    private async Task MarkAsync(IReadOnlyList<Guid>? ids)
    {
        // What was read already stays so; nothing is to be recorded again.
        if (ids is [var one] && list?.Notices.FirstOrDefault(n => n.Id == one)?.IsRead == true)
            return;
        await Mark.HandleAsync(new ReadNotices(ids), await Current.GetAsync(Left), Left);
        await ReadWherePossibleAsync();
    }

    private async Task ReadWherePossibleAsync()
    {
        try
        {
            await ReadAsync();
        }
        catch (Exception e) when (PortalFailure.IsDatabaseAway(e))
        {
            // The bell keeps what it showed; the page says what is the matter, and the next notice reads again.
        }
    }
}
