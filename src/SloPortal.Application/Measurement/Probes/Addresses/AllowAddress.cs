using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Probes;

namespace SloPortal.Application.Measurement.Probes.Addresses;

/// <summary>Lets probes reach a host or a network with private addresses.</summary>
/// <param name="Address">A host by name, an address, or a network such as 10.2.0.0/16.</param>
/// <param name="Reason">For whoever reads the list later.</param>
public sealed record AllowAddress(string Address, string Reason)
{
    public sealed class Validator : AbstractValidator<AllowAddress>
    {
        public Validator()
        {
            RuleFor(r => r.Address).Must(a => AllowedAddress.Normal(a) is not null).WithMessage("Give a host by name, an address, or a network such as 10.2.0.0/16.");
            RuleFor(r => r.Reason).NotEmpty().WithMessage("Say why, for whoever reads the list later.").MaximumLength(1000).WithMessage("A reason has at most 1,000 characters.");
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Guid>> HandleAsync(AllowAddress request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<AllowAddress, Guid>(request, actor, Permission.Administer, async change =>
            {
                var address = AllowedAddress.Normal(request.Address)!;
                if (await change.Db.AllowedAddresses.AnyAsync(a => a.Address == address, ct))
                    return Refusal.Invalid(nameof(Address), "This is allowed already.");
                var allowed = new AllowedAddress(Guid.CreateVersion7(), address, request.Reason.Trim(), change.Actor.Name, change.Now);
                change.Db.Add(allowed);
                change.Audit("probe-address.allowed", "probe-address", allowed.Id, address, new { request.Reason });
                change.Publish("sources");
                return allowed.Id;
            }, ct);
    }
}
