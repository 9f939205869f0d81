using SloPortal.Domain.Access;

namespace SloPortal.Application.Access.Notices;

internal static class PersonNotices
{
    /// <summary>Tells people something in the portal, when this commits.</summary>
    /// <param name="text">One sentence.</param>
    /// <param name="address">The page that it leads to, from the root.</param>
    /// <param name="byMail">Whether it waits for them, so that a mail is worth it where the portal sends any.</param>
    public static void Tell(this Change change, IEnumerable<Guid> people, string text, string address, bool byMail = false)
    {
        foreach (var person in people.Distinct())
        {
            change.Db.Notices.Add(new Notice(Guid.CreateVersion7(change.Now), person, text, address, change.Now, byMail));
            change.Publish(Topic(person));
        }
    }

    public static string Topic(Guid personId) => $"notices/{personId}";
}
