using System.Text.Json;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents.Triage;
using SloPortal.Domain.Incidents.Timeline.Marks;
using SloPortal.Domain.Incidents.Triage;

namespace SloPortal.Web.Incidents.Triage;

/// <summary>What was found as the page says it.</summary>
internal static class TriageWords
{
    public static string Word(TriageQuestion question) => question switch
    {
        TriageQuestion.Changes => "Suspect change",
        TriageQuestion.Dependencies => "Dependencies",
        TriageQuestion.Segments => "Worst segment",
        TriageQuestion.Probes => "Probes",
        TriageQuestion.Similar => "Like it before",
        TriageQuestion.Runbooks => "Runbook",
        _ => throw new ArgumentOutOfRangeException(nameof(question), question, null),
    };

    /// <summary>What is shown in place of the sentence: what speaks for being the cause or hurts, and what is to be opened in any case.</summary>
    public static TriageLead? First(TriageAnswer answer) =>
        answer.Leads.Count > 0 && (answer.Leads[0].Stands || answer.Question is TriageQuestion.Similar or TriageQuestion.Runbooks) ? answer.Leads[0] : null;

    /// <summary>In one line, for a phone: "Suspect: checkout 7.42 to production; also dependencies, probes".</summary>
    public static string Summary(TriageRead read)
    {
        if (read.Answers.Count == 0)
            return read.IsPending ? "Triage: being looked up" : "Triage: nothing was looked up yet";
        var change = read.Answers.FirstOrDefault(a => a.Question == TriageQuestion.Changes);
        var suspect = change is { State: FindingState.Failed } ? "Changes are not known" : change is not null && First(change) is { } lead ? $"Suspect: {lead.Title}" : "No suspect change";
        var also = read.Answers.Where(a => a.Question != TriageQuestion.Changes && a.Leads.Any(l => l.Stands)).Select(a => Word(a.Question).ToLowerInvariant()).ToList();
        return also.Count == 0 ? suspect : $"{suspect}; look at {string.Join(", ", also)}";
    }

    /// <summary>The page that shows the same as it is now.</summary>
    public static string Address(TriageFinding finding)
    {
        var (service, first) = (finding.Query.Services.Count > 0 ? finding.Query.Services[0] : null, finding.Items.Count > 0 ? finding.Items[0].Evidence : null);
        return finding.Question switch
        {
            TriageQuestion.Changes when finding.Query.Objective?.Split('/') is [var of, var objective] => Routes.ObjectiveAt(of, objective, finding.Query.From, finding.Query.To),
            TriageQuestion.Segments when first?.Counted is { } counted => Routes.Sli(counted.Sli),
            TriageQuestion.Probes when first is not null => EvidenceAddress(first),
            TriageQuestion.Similar => service is null ? Routes.Incidents : Routes.IncidentsOf(service),
            TriageQuestion.Dependencies when service is not null => Routes.Dependencies(service),
            _ => service is null ? Routes.Services : Routes.Service(service),
        };
    }

    public static string Address(JsonElement details) => Address(details.Deserialize<TriageFinding>(PortalJson.Options)!);

    public static string Address(TriageAnswer answer) =>
        Address(new TriageFinding(0, answer.Question, answer.State, answer.Said, [.. answer.Leads.Select(l => new TriageItem(l.Evidence, l.Why, l.Stands))], answer.Query));

    private static string EvidenceAddress(Evidence evidence) => Timeline.Marks.EvidenceAddress.Of(evidence, null);
}
