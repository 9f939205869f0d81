using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Web.Demo.Story;

namespace SloPortal.Web.Demo;

/// <summary>Begins a session as one of the people whom the demo made, and as nobody else.</summary>
internal sealed class SignInAsDemoPerson(UnitOfWork work)
{
    private sealed record Request(string Person);

    /// <returns>Null where there is no such person.</returns>
    public async Task<SignedIn?> HandleAsync(string key, CancellationToken ct)
    {
        if (DemoPeople.People.FirstOrDefault(p => p.Key == key) is not { } told)
            return null;
        var outcome = await work.ChangeAsync<Request, SignedIn>(new Request(key), Actor.System("demo"), Permission.Administer, async change =>
        {
            var normalized = Person.NormalizeEmail(told.Email);
            var person = await change.Db.Users.SingleOrDefaultAsync(p => p.NormalizedEmail == normalized && p.DisabledAt == null, ct);
            if (person is null)
                return Refusal.NotFound("This person");
            change.Audit("person.signed-in", "person", person.Id, person.DisplayName, new { With = "demo" });
            return new SignedIn(person.Id, person.DisplayName, person.SecurityStamp ?? "");
        }, ct);
        return outcome.Value;
    }
}
