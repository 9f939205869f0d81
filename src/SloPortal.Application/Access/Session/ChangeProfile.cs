using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Access;

/// <summary>How the person is called and in which time zone they read. An empty time zone follows the browser.</summary>
public sealed record ChangeProfile(string DisplayName, string? TimeZone)
{
    public sealed class Validator : AbstractValidator<ChangeProfile>
    {
        public Validator()
        {
            RuleFor(r => r.DisplayName).MustBePersonName();
            RuleFor(r => r.TimeZone).Must(z => string.IsNullOrEmpty(z) || TimeZoneInfo.TryFindSystemTimeZoneById(z, out var found) && found.HasIanaId)
                .WithMessage("Choose a time zone from the list, such as Europe/Berlin.");
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(ChangeProfile request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ChangeProfile, Done>(request, actor, Permission.ManageOwnAccount, async change =>
            {
                var person = await change.Db.Users.SingleAsync(p => p.Id == actor.PersonId, ct);
                person.DisplayName = request.DisplayName.Trim();
                person.TimeZone = string.IsNullOrEmpty(request.TimeZone) ? null : request.TimeZone;
                change.Audit("person.profile-changed", "person", person.Id, person.DisplayName, new { person.DisplayName, person.TimeZone });
                change.Publish("people");
                return Done.Value;
            }, ct);
    }
}
