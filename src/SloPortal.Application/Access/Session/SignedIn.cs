using SloPortal.Data.Access;

namespace SloPortal.Application.Access;

/// <summary>What a session is made from.</summary>
/// <param name="PersonId">Who.</param>
/// <param name="Name">As the page shows it.</param>
/// <param name="Stamp">Changes when all sessions of the person are to end.</param>
public sealed record SignedIn(Guid PersonId, string Name, string Stamp)
{
    internal static SignedIn Of(Person person) => new(person.Id, person.DisplayName, person.SecurityStamp ?? "");
}
