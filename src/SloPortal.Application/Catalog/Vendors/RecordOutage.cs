using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Catalog.Dependencies;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Catalog.Vendors;

/// <summary>An outage of a vendor as somebody knows of it.</summary>
public interface IOutageDescription
{
    DateTimeOffset StartedAt { get; }

    /// <summary>Null while it lasts.</summary>
    DateTimeOffset? EndedAt { get; }

    /// <summary>Where it is known from: an address or words.</summary>
    string Source { get; }

    string Reason { get; }
}

/// <summary>The shape of it.</summary>
public abstract class OutageRules<T> : AbstractValidator<T> where T : IOutageDescription
{
    protected OutageRules()
    {
        RuleFor(r => r.StartedAt).NotEmpty().WithMessage("Say when it began.");
        RuleFor(r => r.Source).Must(s => !string.IsNullOrWhiteSpace(s)).WithMessage("Say where this is known from: the vendor's status page, a mail, a call.")
            .MaximumLength(2000).WithMessage("A source has at most 2,000 characters.");
        RuleFor(r => r.Reason).Must(s => !string.IsNullOrWhiteSpace(s)).WithMessage("Say what failed and why this is entered.")
            .MaximumLength(4000).WithMessage("A reason has at most 4,000 characters.");
    }
}

/// <summary>Enters an outage of a vendor by hand.</summary>
public sealed record RecordOutage(string Vendor, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string Source, string Reason) : IOutageDescription
{
    public sealed class Validator : OutageRules<RecordOutage>;

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Guid>> HandleAsync(RecordOutage request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<RecordOutage, Guid>(request, actor, Permission.OwnServices, async change =>
            {
                var (vendor, refusal) = await VendorToChange.FindAsync(change, request.Vendor, ct);
                return refusal is not null ? refusal : Add(change, vendor!, request, corrects: null);
            }, ct);

        internal static Outcome<Guid> Add(Change change, Vendor vendor, IOutageDescription said, Guid? corrects)
        {
            if (VendorOutage.RefusalFor(said.StartedAt, said.EndedAt, change.Now) is { } wrong)
                return Refusal.Invalid(said.StartedAt > change.Now ? nameof(StartedAt) : nameof(EndedAt), wrong);
            var outage = new VendorOutage(
                Guid.CreateVersion7(change.Now), vendor.Id, said.StartedAt.ToUniversalTime(), said.EndedAt?.ToUniversalTime(), said.Source.Trim(), said.Reason.Trim(),
                change.Actor.PersonId, change.Actor.Name, change.Now, corrects);
            change.Db.VendorOutages.Add(outage);
            change.Audit("vendor.outageRecorded", "vendor", vendor.Id, vendor.Name, new { Outage = outage.Id, outage.StartedAt, outage.EndedAt, outage.Source, outage.Reason, outage.Corrects });
            VendorToChange.Publish(change);
            return outage.Id;
        }
    }
}
