using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.Extensions;
using SloPortal.Application.Audit;
using SloPortal.Application.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Web.Access;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Audit;

public partial class AuditPage : ComponentBase
{
    private static readonly JsonSerializerOptions Readable = new(PortalJson.Options) { WriteIndented = true };

    private Application.Audit.AuditPage? shown;
    private ChainReport? report;
    private Refusal? refusal;
    private bool loading = true;
    private bool mayRead;
    private bool verifying;

    [Inject] private ReadAudit.Handler Reader { get; set; } = default!;
    [Inject] private VerifyAudit.Handler Verifier { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [SupplyParameterFromQuery] private string? Actor { get; set; }
    [SupplyParameterFromQuery] private string? Action { get; set; }
    [SupplyParameterFromQuery] private string? Subject { get; set; }
    [SupplyParameterFromQuery] private string? Text { get; set; }

    /// <summary>"2026-11-23T09:30Z"; without a zone UTC is meant.</summary>
    [SupplyParameterFromQuery] private string? From { get; set; }
    [SupplyParameterFromQuery] private string? To { get; set; }
    [SupplyParameterFromQuery] private long? Before { get; set; }
    [SupplyParameterFromQuery] private long? After { get; set; }

    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    private ReadAudit Asked => new(new AuditFilter(Actor, Action, Subject, Text, Instant(From), Instant(To)), Before, After);

    private int Narrowing => new[] { Actor, Action, Subject, From, To }.Count(f => !string.IsNullOrWhiteSpace(f));

    protected override async Task OnParametersSetAsync()
    {
        var asked = Asked;
        var actor = await Current.GetAsync();
        mayRead = actor.May(Permission.ReadAudit);
        if (mayRead)
        {
            var read = await Reader.HandleAsync(asked, actor, default);
            // While this was read the filter may have moved on; its own reading follows.
            if (asked != Asked)
                return;
            (shown, refusal) = (read.Value, read.Refusal);
        }
        loading = false;
    }

    private async Task VerifyAsync()
    {
        verifying = true;
        var outcome = await Verifier.HandleAsync(new VerifyAudit(), await Current.GetAsync(), default);
        report = outcome.Value;
        refusal = outcome.Refusal;
        verifying = false;
    }

    /// <summary>What was put into a field of the reader's clock, as the address has it.</summary>
    private string? Utc(ChangeEventArgs change) => DateTime.TryParse(change.Value?.ToString(), CultureInfo.InvariantCulture, out var wall)
        ? ReaderZone.Instant(wall, Zone).ToString("yyyy-MM-ddTHH:mmZ", CultureInfo.InvariantCulture)
        : null;

    private string PageAddress(long? before, long? after) =>
        Navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["before"] = before, ["after"] = after });

    private string ExportAddress(string format)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in new[] { ("actor", Actor), ("action", Action), ("subject", Subject), ("text", Text), ("from", Instant(From)?.ToString("O")), ("to", Instant(To)?.ToString("O")) })
        {
            if (!string.IsNullOrEmpty(value))
                query.Add(name, value);
        }
        return $"/api/v1/audit/export.{format}{query}";
    }

    private static DateTimeOffset? Instant(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant) ? instant : null;

    /// <summary>As the input wants it, in the reader's zone.</summary>
    private string? Local(string? text) => Instant(text) is { } at ? ReaderZone.Wall(at, Zone).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture) : null;

    /// <summary>The details as words that fit on one line: "service search, version 6.24.0".</summary>
    private static string Brief(string details)
    {
        var words = details;
        try
        {
            using var json = JsonDocument.Parse(details);
            if (json.RootElement.ValueKind == JsonValueKind.Object)
                words = string.Join(", ", json.RootElement.EnumerateObject().Where(p => p.Value.ValueKind != JsonValueKind.Null).Select(p =>
                    $"{p.Name} {(p.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? "…" : p.Value.ToString())}"));
        }
        catch (JsonException)
        {
            // Shown as it stands.
        }
        return words.Length == 0 ? "None" : words.Length <= 60 ? words : words[..60] + "…";
    }

    /// <summary>The details as they were hashed, indented; text that is no JSON as it stands.</summary>
    private static string Pretty(AuditRow entry)
    {
        string details;
        try
        {
            using var json = JsonDocument.Parse(entry.Details);
            details = JsonSerializer.Serialize(json.RootElement, Readable);
        }
        catch (JsonException)
        {
            details = entry.Details;
        }
        return $"{details}\n\nsubject {entry.SubjectKind} {entry.SubjectId}\nactor   {entry.ActorKind} {entry.ActorId}\nhash    {entry.Hash}";
    }
}
