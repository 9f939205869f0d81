using System.Globalization;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Incidents.Detection.Intake.Formats;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Intake;

namespace SloPortal.Application.Incidents.Detection.Intake;

/// <summary>How many are affected, as far as who reports knows.</summary>
public enum ReportReach
{
    OnlyMe,
    Several,
    Everybody,
}

/// <summary>A person says that something is wrong with a service. The same person about the same service counts once an hour.</summary>
/// <param name="Service">Slug.</param>
/// <param name="What">What they saw.</param>
/// <param name="Since">When it began; null is now.</param>
public sealed record ReportProblem(string Service, string What, ReportReach Reach, DateTimeOffset? Since = null)
{
    /// <summary>A report is one reader's view of a moment: it says nothing about an hour later.</summary>
    public static readonly TimeSpan CountsFor = TimeSpan.FromHours(1);

    private static readonly TimeSpan Oldest = TimeSpan.FromDays(7);

    public sealed class Validator : AbstractValidator<ReportProblem>
    {
        public Validator()
        {
            RuleFor(r => r.Service).NotEmpty().WithMessage("Choose the service that it is about.");
            RuleFor(r => r.What).Must(w => !string.IsNullOrWhiteSpace(w)).WithMessage("Say what you saw.").MaximumLength(4000).WithMessage("A report has at most 4,000 characters.");
            RuleFor(r => r.Reach).IsInEnum().WithMessage("How many are affected is onlyMe, several or everybody.");
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        /// <returns>The signal that stands for it; the one that is there when the person reported it within the hour.</returns>
        public Task<Outcome<Guid>> HandleAsync(ReportProblem request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ReportProblem, Guid>(request, actor, Permission.Respond, async change =>
            {
                var service = await change.Db.Services.AsNoTracking().SingleOrDefaultAsync(s => s.Slug == request.Service && s.ArchivedAt == null, ct);
                if (service is null)
                    return Refusal.Invalid(nameof(Service), $"There is no service \"{request.Service}\". Choose one of the list.");
                if (request.Since > change.Now)
                    return Refusal.Invalid(nameof(Since), "It cannot have begun in the future. Give the moment at which you saw it first.");
                if (request.Since < change.Now - Oldest)
                    return Refusal.Invalid(nameof(Since), "That is more than a week ago. Report what goes on, and declare an incident for what is past.");

                var what = SignalText.Clean(request.What.Trim(), Signal.MostDescription);
                var first = what.Split('\n')[0].TrimEnd();
                var reading = new SignalReading(
                    SignalWord.Fires, $"report/{service.Id:N}/{actor.PersonId:N}", SignalText.Clean($"{service.Name}: {first}", 200), Severity(request.Reach),
                    new Dictionary<string, string> { ["service"] = service.Slug, ["reach"] = JsonWord(request.Reach), ["reported_by"] = actor.Name },
                    what == first ? null : what, StartedAt: request.Since?.ToUniversalTime(), ExpiresAt: change.Now + CountsFor);
                await SignalStore.LockAsync(change.Db, null, ct);
                var book = await SignalStore.OpenAsync(change.Db, new(null, SignalOrigin.Report, service.OwnerTeamId, service.Id, "service"), [reading], change.Now, ct);
                book.Take(reading);
                await SignalStore.WriteAsync(change.Db, book, ct);
                var signal = book.Events[^1].SignalId;
                change.Audit(book.Opened.Count > 0 ? "signal.reported" : "signal.reported_again", "signal", signal, reading.Title, new { Service = service.Slug, request.Reach, request.Since });
                change.Publish(SignalStore.Topic);
                return signal;
            }, ct);

        private static SignalSeverity Severity(ReportReach reach) => reach switch
        {
            ReportReach.OnlyMe => SignalSeverity.Warning,
            ReportReach.Several => SignalSeverity.Error,
            ReportReach.Everybody => SignalSeverity.Critical,
            _ => throw new ArgumentOutOfRangeException(nameof(reach), reach, null),
        };

        private static string JsonWord(ReportReach reach) => reach.ToString() is var word ? char.ToLower(word[0], CultureInfo.InvariantCulture) + word[1..] : "";
    }
}
