using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Audit;

/// <summary>A page of the audit, the newest entry first.</summary>
/// <param name="Older">Give this as <see cref="ReadAudit.Before"/> to read on; null at the end.</param>
/// <param name="Newer">Give this as <see cref="ReadAudit.After"/> to go back; null on the first page.</param>
public sealed record AuditPage(IReadOnlyList<AuditRow> Entries, long? Older, long? Newer);

/// <summary>Reads the audit by number, so that a page stays the same while entries are added.</summary>
/// <param name="Before">Entries with a lower number only.</param>
/// <param name="After">Entries with a higher number only: the page just above.</param>
public sealed record ReadAudit(AuditFilter Filter, long? Before = null, long? After = null, int Size = 100)
{
    public sealed class Validator : AbstractValidator<ReadAudit>
    {
        public Validator() => RuleFor(r => r.Size).InclusiveBetween(1, 1000).WithMessage("A page holds 1 to 1,000 entries.");
    }

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, IEnumerable<IHiddenSubjects> hidden)
    {
        public async Task<Outcome<AuditPage>> HandleAsync(ReadAudit request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.ReadAudit))
                return Denial.Of(actor, Permission.ReadAudit);
            if (new Validator().Validate(request) is { IsValid: false } wrong)
                return Refusal.Invalid(wrong.Errors[0].PropertyName, wrong.Errors[0].ErrorMessage);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var matching = request.Filter.Apply(VisibleEntries.Of(db, hidden, actor));
            var entries = request.After is { } after
                ? Enumerable.Reverse(await matching.Where(e => e.Number > after).OrderBy(e => e.Number).Take(request.Size).ToListAsync(ct)).ToList()
                : await matching.Where(e => request.Before == null || e.Number < request.Before).OrderByDescending(e => e.Number).Take(request.Size).ToListAsync(ct);
            if (entries.Count == 0)
                return new AuditPage([], null, null);
            var (newest, oldest) = (entries[0].Number, entries[^1].Number);
            return new AuditPage(
                entries.ConvertAll(AuditRow.Of),
                await matching.AnyAsync(e => e.Number < oldest, ct) ? oldest : null,
                await matching.AnyAsync(e => e.Number > newest, ct) ? newest : null);
        }
    }
}
