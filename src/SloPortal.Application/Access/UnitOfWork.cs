using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Access;

/// <summary>
/// Runs a change: validates the shape of the request, asks the actor for permission, and commits the change, its audit entries
/// and its live notices in one transaction, or nothing of it.
/// </summary>
public sealed class UnitOfWork(IDbContextFactory<PortalDbContext> contexts, IAuditTrail audit, PortalEvents events, IServiceProvider provider, TimeProvider clock)
{
    public async Task<Outcome<T>> ChangeAsync<TRequest, T>(
        TRequest request, Actor actor, Permission permission, Func<Change, Task<Outcome<T>>> body, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(body);
        if (!actor.May(permission))
            return Denial.Of(actor, permission);
        if (Validate(request) is { } refusal)
            return refusal;

        try
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var change = new Change(db, actor, clock.GetUtcNowInMicroseconds());
            var outcome = await body(change);
            if (!outcome.Succeeded)
                return outcome;
            if (change.Entries.Count == 0)
                throw new InvalidOperationException($"{typeof(TRequest).Name} changes something without an audit entry.");
            await db.SaveChangesAsync(ct);
            await audit.AppendAsync(db, change, ct);
            await PortalEvents.PublishAsync(db, change.Topics, ct);
            await transaction.CommitAsync(ct);
            // Whoever made the change reads it back here before the notice has gone round.
            events.Deliver(change.Topics);
            return outcome;
        }
        catch (DbUpdateConcurrencyException)
        {
            return Refusal.Conflict("Somebody else changed this in the meantime. Reload, look at their change, and make yours again.");
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return Refusal.Conflict("That name is already taken. Choose another.");
        }
        catch (Exception e) when (PortalFailure.IsTextThatCannotBeStored(e))
        {
            return Refusal.Invalid(PortalFailure.TextSentence);
        }
        catch (Exception e) when (PortalFailure.IsDatabaseAway(e))
        {
            // A refusal and no failure: a form keeps what was typed in it, and a program is told to come again.
            return Refusal.Unavailable;
        }
    }

    /// <summary>What is wrong with the shape of a request; null when nothing is.</summary>
    internal Refusal? Validate<TRequest>(TRequest request)
    {
        var result = provider.GetService<IValidator<TRequest>>()?.Validate(request);
        if (result is null or { IsValid: true })
            return null;
        var fields = result.Errors.GroupBy(e => e.PropertyName, e => e.ErrorMessage).ToDictionary(g => g.Key, g => g.ToArray());
        return new Refusal(RefusalKind.Invalid, string.Join(" ", result.Errors.Select(e => e.ErrorMessage).Distinct()), fields);
    }
}
