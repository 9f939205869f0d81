using System.Text.Json;
using SloPortal.Application.Objectives.History;

namespace SloPortal.Web.Objectives;

/// <summary>What was done to an objective beside agreeing, as people say it.</summary>
internal static class AgreementWords
{
    public static string Of(ObjectiveChange change)
    {
        using var details = JsonDocument.Parse(change.Details);
        return change.Action switch
        {
            "objective.created" => "proposed it first",
            "objective.renamed" => $"renamed it from \u201c{Text("before")}\u201d to \u201c{Text("after")}\u201d",
            "objective.archived" => $"ended it: {Text("reason")}",
            var other => other,
        };

        string Text(string name) => details.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
    }
}
