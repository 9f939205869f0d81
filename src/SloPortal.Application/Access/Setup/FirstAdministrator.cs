using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using SloPortal.Data.Access;
using SloPortal.Domain.Access;

namespace SloPortal.Application.Access;

/// <summary>The first person of a portal, made once whoever asks and however many portals ask at once.</summary>
internal static class FirstAdministrator
{
    /// <returns>Null when somebody has an account already.</returns>
    public static async Task<Person?> CreateAsync(Change change, IPasswordHasher<Person> hasher, string email, string name, string password, CancellationToken ct)
    {
        await AccessLock.TakeAsync(change.Db, ct);
        if (await change.Db.Users.AnyAsync(ct))
            return null;
        var person = Person.Create(Guid.CreateVersion7(change.Now), email, name, emailIsVerified: true, change.Now);
        person.SetPassword(hasher.HashPassword(person, password));
        change.Db.Users.Add(person);
        await PersonRoles.WriteAsync(change.Db, person.Id, [Role.Administrator], ct);
        await change.Db.Settings.Where(s => s.Key == SetUpCode.SettingKey).ExecuteDeleteAsync(ct);
        change.Audit("portal.set-up", "person", person.Id, person.DisplayName, new { person.Email, Roles = new[] { Role.Administrator } });
        change.Publish("people");
        return person;
    }
}
