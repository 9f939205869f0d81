using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Incidents.Timeline.Exchange;

/// <summary>One entry of a file, as somebody confirmed it.</summary>
/// <param name="Author">As the file names them; null where it does not.</param>
/// <param name="Kind">A note, a decision or impact.</param>
public sealed record ConfirmedEntry(DateTimeOffset At, string? Author, string Text, EntryKind Kind = EntryKind.Note);

/// <summary>Writes confirmed entries of a file into the timeline, as entered later. What stands there already is left out, so the same file again changes nothing.</summary>
/// <param name="Incident">Number.</param>
/// <param name="Source">What made the file, such as "load balancer": a clock of its own, which may be off by something of its own.</param>
public sealed record ImportEntries(int Incident, string Source, IReadOnlyList<ConfirmedEntry> Entries, bool ConfirmUnusualTime = false)
{
    public const int Most = 5000;
    public const int LongestSource = EntryRules.LongestSource;

    /// <summary>What is wrong with the name of a source, a sentence; null when nothing is.</summary>
    internal static string? RefusalFor(string? source) =>
        string.IsNullOrWhiteSpace(source) ? "Say what made the file, such as \"load balancer\"; its clock may be off by something of its own."
        : EntryRules.RefusalOfSource(source);

    /// <summary>The same entry of the same source twice is one entry.</summary>
    internal static string KeyOf(string source, DateTimeOffset at, string? author, string text) =>
        "file/" + Convert.ToHexStringLower(new FieldHash().Add(source.Trim()).Add(at.ToUniversalTime()).Add(author?.Trim() ?? "").Add(text.Trim()).Compute());

    public sealed class Validator : AbstractValidator<ImportEntries>
    {
        public Validator()
        {
            RuleFor(r => r.Source).Custom((source, context) =>
            {
                if (RefusalFor(source) is { } wrong)
                    context.AddFailure(nameof(Source), wrong);
            });
            RuleFor(r => r.Entries).Must(e => e is { Count: > 0 and <= Most }).WithMessage($"Choose between 1 and {Most} entries.");
            RuleForEach(r => r.Entries).NotNull().WithMessage("An entry has a time and a text.").ChildRules(entry =>
            {
                entry.RuleFor(e => e.Text).MustBeEntryBody();
                entry.RuleFor(e => e.Author).MaximumLength(250).WithMessage("A name has at most 250 characters.");
                entry.RuleFor(e => e.Kind).Must(k => k is EntryKind.Note or EntryKind.Decision or EntryKind.Impact).WithMessage("What one brings is a note, a decision or impact.");
            });
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        /// <returns>How many were new.</returns>
        public Task<Outcome<int>> HandleAsync(ImportEntries request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ImportEntries, int>(request, actor, Permission.Respond, async change =>
            {
                var found = await IncidentToChange.FindAsync(change, request.Incident, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var incident = found.Value;
                foreach (var at in (DateTimeOffset[])[request.Entries.Min(e => e.At), request.Entries.Max(e => e.At)])
                {
                    if (await AskedTime.AskAsync(change.Db, nameof(Entries), at, incident.ServiceIds, change.Now, request.ConfirmUnusualTime, ct) is { } question)
                        return question;
                }
                var source = request.Source.Trim();
                var written = await TimelineWriter.AppendAsync(change, incident, [.. request.Entries.Select(e => new NewEntry(
                    e.Kind, e.Text.Trim(), e.At, KeyOf(source, e.At, e.Author, e.Text), new { BroughtBy = actor.Name },
                    source, Author: string.IsNullOrWhiteSpace(e.Author) ? null : e.Author.Trim(), Provenance: Provenance.EnteredLater))], ct);
                var added = written.Where(e => e.RecordedAt == change.Now).Distinct().Count();
                change.Audit("incident.entries_imported", "incident", incident.Id, IncidentToChange.Named(incident), new { Source = source, request.Entries.Count, Added = added });
                return added;
            }, ct);
    }
}
