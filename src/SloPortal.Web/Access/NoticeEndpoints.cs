using SloPortal.Application.Access.Notices;
using SloPortal.Web.Common;

namespace SloPortal.Web.Access;

internal static class NoticeEndpoints
{
    public static void MapNotices(this RouteGroupBuilder api)
    {
        var notices = api.MapGroup("/notices").WithTags("Access");
        notices.MapGet("/", async (int? size, ListNotices.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(new ListNotices(size ?? 20), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListNotices").WithSummary("What the caller was told, the newest first");
        notices.MapPost("/read", async (NoticesRead read, ReadNotices.Handler mark, CurrentActor current, CancellationToken ct) =>
                (await mark.HandleAsync(new ReadNotices(read.Ids), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("ReadNotices").WithSummary("Marks notices as read; without ids all of them");
    }
}

internal sealed record NoticesRead(IReadOnlyList<Guid>? Ids);
