using SloPortal.Application.Incidents;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Web.Demo.Story.Incidents;

/// <summary>An incident of the story, and what became of it. Its title is how the story finds it again, so no two share one.</summary>
/// <param name="At">When somebody declares it; a commander confirms the proposal of a burn alert instead, where one waits.</param>
/// <param name="By">Key of the person.</param>
/// <param name="Began">When users first felt it, as far as was known; a confirmed proposal knows it from the counts.</param>
/// <param name="Objectives">Whose budget it spends.</param>
/// <param name="Moments">What was recorded, the earliest first.</param>
/// <param name="Review">How it was looked back at, the earliest first.</param>
internal sealed record DemoIncident(
    string Title, string Summary, IncidentSeverity Severity, DateTimeOffset At, string By, DateTimeOffset Began, IReadOnlyList<ObjectiveKey> Objectives,
    IReadOnlyList<DemoMoment> Moments, IReadOnlyList<DemoReview> Review);

/// <summary>Something that a person records in an incident.</summary>
/// <param name="After">Minutes since it was declared.</param>
/// <param name="Who">Key of the person.</param>
internal abstract record DemoMoment(double After, string Who)
{
    /// <param name="Ago">Minutes since it happened, where it is entered later.</param>
    internal sealed record Says(double After, string Who, string Text, EntryKind Kind = EntryKind.Note, double? Ago = null) : DemoMoment(After, Who);

    internal sealed record Becomes(double After, string Who, IncidentStatus Status, string? Note = null, double? Ago = null) : DemoMoment(After, Who);

    internal sealed record Gives(double After, string Who, IncidentRole Role, string Person) : DemoMoment(After, Who);

    internal sealed record Judges(double After, string Who, IncidentSeverity Severity, string Reason) : DemoMoment(After, Who);

    /// <summary>Says how many people felt it.</summary>
    internal sealed record Counts(double After, string Who, long Users) : DemoMoment(After, Who);

    /// <param name="Wrong">The words of the entry that is corrected.</param>
    internal sealed record Corrects(double After, string Who, string Wrong, string Right, string Reason) : DemoMoment(After, Who);

    internal sealed record Pastes(double After, string Who, IReadOnlyList<DemoMessage> Chat) : DemoMoment(After, Who);

    internal sealed record Attaches(double After, string Who, string Name, string Content) : DemoMoment(After, Who);

    /// <param name="Into">The title of the incident in which this one goes on.</param>
    internal sealed record Merges(double After, string Who, string Into) : DemoMoment(After, Who);
}

/// <summary>What somebody wrote in the chat of the responders.</summary>
/// <param name="At">Minutes since the incident was declared.</param>
/// <param name="Author">As the chat names them.</param>
internal sealed record DemoMessage(double At, string Author, string Text);

/// <summary>Something that is done to the postmortem.</summary>
/// <param name="After">Hours since the incident was declared.</param>
/// <param name="Who">Key of the person.</param>
internal abstract record DemoReview(double After, string Who)
{
    internal sealed record Begins(double After, string Who) : DemoReview(After, Who);

    /// <param name="Sections">Text by heading; of what the draft filled in under it, the facts stay.</param>
    internal sealed record Writes(double After, string Who, string Summary, IReadOnlyDictionary<string, string> Sections) : DemoReview(After, Who);

    internal sealed record Places(double After, string Who, IReadOnlyDictionary<string, string> Factors) : DemoReview(After, Who);

    /// <param name="Quote">The words that it is about.</param>
    internal sealed record Comments(double After, string Who, string Text, string? Quote = null) : DemoReview(After, Who);

    /// <param name="Text">Of the comment that was dealt with.</param>
    internal sealed record Settles(double After, string Who, string Text) : DemoReview(After, Who);

    internal sealed record Submits(double After, string Who) : DemoReview(After, Who);

    internal sealed record SendsBack(double After, string Who, string Reason) : DemoReview(After, Who);

    internal sealed record Approves(double After, string Who) : DemoReview(After, Who);

    internal sealed record Publishes(double After, string Who) : DemoReview(After, Who);
}

/// <summary>Something to be done, so that it does not happen again. Its title is how the story finds it again.</summary>
/// <param name="Incident">The title of the incident whose postmortem it follows from.</param>
/// <param name="At">When it is decided.</param>
/// <param name="By">Key of the person who writes it down.</param>
/// <param name="Assignee">Key; null where the team has not said who.</param>
/// <param name="Days">From then until it is due.</param>
/// <param name="BeginsAfter">Days after which somebody begins; null where nobody has.</param>
/// <param name="Ends">How it ended; null while it is open.</param>
internal sealed record DemoAction(
    string Incident, DateTimeOffset At, string By, string Title, string Team, string Service, int Days, string? Assignee = null, int? BeginsAfter = null, DemoActionEnd? Ends = null);

/// <param name="After">Days after it was decided.</param>
/// <param name="Proof">The path of what proves it, at the shop's git; null where it was dropped.</param>
internal sealed record DemoActionEnd(int After, string Who, string Words, string? Proof);

/// <summary>A commander turns down what is proposed.</summary>
/// <param name="Service">Slug; empty where it is about whatever waits.</param>
internal sealed record DemoDecline(DateTimeOffset At, string Service, string Reason);
