using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using SloPortal.Data;
using SloPortal.Data.Access;
using SloPortal.Data.Common;
using SloPortal.Web.Demo.Story;

namespace SloPortal.Web.Demo;

/// <summary>
/// The one password of all people of the demo, which their signatures ask for. It is made for each demo database and shown while the demo
/// plays, where everybody signs in as anybody by a click; without <c>--demo</c> nobody is told it.
/// </summary>
internal sealed class DemoPassword(IDbContextFactory<PortalDbContext> contexts, IPasswordHasher<Person> hasher)
{
    private const string Key = "demo.password";

    public string Text { get; private set; } = "";

    public async Task LearnAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.Settings.Where(s => s.Key == Key).Select(s => s.Value).SingleOrDefaultAsync(ct) is { } known)
        {
            Text = known;
            return;
        }
        Text = $"larkfield-{RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 8)}";
        db.Settings.Add(new PortalSetting { Key = Key, Value = Text });
        // Those whom an earlier version of the demo made had one that nobody knew.
        foreach (var person in await db.Users.Where(p => p.Email!.EndsWith("@" + DemoPeople.Domain)).ToListAsync(ct))
            person.SetPassword(hasher.HashPassword(person, Text));
        await db.SaveChangesAsync(ct);
    }
}
