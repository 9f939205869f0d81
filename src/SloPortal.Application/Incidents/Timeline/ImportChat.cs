using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Incidents.Timeline;

/// <summary>One message of a chat, as somebody confirmed it.</summary>
/// <param name="Author">As the chat names them; null where it does not.</param>
public sealed record ConfirmedMessage(DateTimeOffset At, string? Author, string Text);

/// <summary>Writes the confirmed messages of a chat into the timeline, as entered later. A message that stands there already is left out.</summary>
/// <param name="Incident">Number.</param>
/// <param name="From">Which chat it is, such as "Slack, payments": a clock of its own. Null is "chat", as all that have no name.</param>
public sealed record ImportChat(int Incident, IReadOnlyList<ConfirmedMessage> Messages, bool ConfirmUnusualTime = false, string? From = null)
{
    public const int MostMessages = 2000;
    public const int LongestFrom = EntryRules.LongestSource;

    /// <summary>The same message pasted twice is the same entry, whatever its chat is called.</summary>
    internal static string KeyOf(DateTimeOffset at, string? author, string text) =>
        "chat/" + Convert.ToHexStringLower(new FieldHash().Add(at).Add(author?.Trim() ?? "").Add(text.Trim()).Compute());

    private static bool IsUnnamed(string? from) => string.IsNullOrWhiteSpace(from) || string.Equals(from.Trim(), EntryRules.Chat, StringComparison.OrdinalIgnoreCase);

    public sealed class Validator : AbstractValidator<ImportChat>
    {
        public Validator()
        {
            RuleFor(r => r.From).Custom((from, context) =>
            {
                if (!IsUnnamed(from) && EntryRules.RefusalOfSource(from!) is { } wrong)
                    context.AddFailure(nameof(From), wrong);
            });
            RuleFor(r => r.Messages).Must(m => m is { Count: > 0 and <= MostMessages }).WithMessage($"Choose between 1 and {MostMessages} messages.");
            RuleForEach(r => r.Messages).NotNull().WithMessage("A message has a time and a text.").ChildRules(message =>
            {
                message.RuleFor(m => m.Text).MustBeEntryBody();
                message.RuleFor(m => m.Author).MaximumLength(250).WithMessage("A name has at most 250 characters.");
            });
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        /// <returns>How many were new.</returns>
        public Task<Outcome<int>> HandleAsync(ImportChat request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ImportChat, int>(request, actor, Permission.Respond, async change =>
            {
                var found = await IncidentToChange.FindAsync(change, request.Incident, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var incident = found.Value;
                foreach (var at in (DateTimeOffset[])[request.Messages.Min(m => m.At), request.Messages.Max(m => m.At)])
                {
                    if (await AskedTime.AskAsync(change.Db, nameof(Messages), at, incident.ServiceIds, change.Now, request.ConfirmUnusualTime, ct) is { } question)
                        return question;
                }
                var written = await TimelineWriter.AppendAsync(change, incident, [.. request.Messages.Select(m => new NewEntry(
                    EntryKind.Note, m.Text.Trim(), m.At, KeyOf(m.At, m.Author, m.Text), new { PastedBy = actor.Name },
                    IsUnnamed(request.From) ? EntryRules.Chat : request.From!.Trim(), Author: string.IsNullOrWhiteSpace(m.Author) ? null : m.Author.Trim(), Provenance: Provenance.EnteredLater))], ct);
                var added = written.Where(e => e.RecordedAt == change.Now).Distinct().Count();
                change.Audit("incident.chat_imported", "incident", incident.Id, IncidentToChange.Named(incident), new { request.Messages.Count, Added = added });
                return added;
            }, ct);
    }
}
