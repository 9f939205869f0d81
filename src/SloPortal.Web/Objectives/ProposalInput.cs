using System.Globalization;
using SloPortal.Application.Objectives;
using SloPortal.Application.Objectives.Proposals;
using SloPortal.Domain.Objectives;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Objectives;

/// <summary>What the form of a proposal holds while somebody types.</summary>
internal sealed class ProposalInput
{
    private string name = "";
    private string slug = "";

    /// <summary>The windows on offer, as they are stored and as people say them.</summary>
    public static IReadOnlyList<(string Value, string Text)> Windows { get; } =
    [
        ("rolling 7d", "7 days, rolling"), ("rolling 28d", "28 days, rolling"), ("rolling 30d", "30 days, rolling"), ("rolling 90d", "90 days, rolling"),
        ("calendar week", "Calendar week"), ("calendar month", "Calendar month"), ("calendar quarter", "Calendar quarter"),
    ];

    public static IReadOnlyList<string> TimeZones { get; } = ["UTC", .. TimeZoneInfo.GetSystemTimeZones().Select(z => z.Id).Where(id => id.Contains('/', StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    public string Name
    {
        get => name;
        set
        {
            var followed = slug == Domain.Common.Slug.From(name);
            name = value ?? "";
            if (followed)
                slug = Domain.Common.Slug.From(name);
        }
    }

    /// <summary>Follows the name until somebody writes their own.</summary>
    public string Slug
    {
        get => slug;
        set => slug = (value ?? "").Trim();
    }

    public string Sli { get; set; } = "";
    public string TargetText { get; set; } = "99.9";
    public string WindowKind { get; set; } = "rolling 30d";
    public string TimeZone { get; set; } = "UTC";
    public MethodInput Method { get; } = new();

    public Guid OwnerId { get; set; }
    public Guid StakeholderId { get; set; }

    /// <summary>As the reader's clock shows it.</summary>
    public DateTime? EffectiveFrom { get; set; }

    /// <summary>When the agreement is looked at again.</summary>
    public DateOnly? ReviewOn { get; set; }

    public string Rationale { get; set; } = "";

    /// <summary>Whether failures of vendors shall count.</summary>
    public ExternalFailures Externals { get; set; }

    public bool IsCalendar => WindowKind.StartsWith("calendar", StringComparison.Ordinal);

    public string Window => IsCalendar ? $"{WindowKind} {TimeZone.Trim()}" : WindowKind;

    /// <summary>In percent; a decimal comma is understood. Null when it is no number.</summary>
    public decimal? Target =>
        decimal.TryParse(TargetText.Trim().TrimEnd('%').Trim().Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) ? percent : null;

    public DateTimeOffset? EffectiveFromIn(TimeZoneInfo zone) => EffectiveFrom is { } from ? ReaderZone.Instant(from, zone) : null;

    /// <summary>What is agreed already is where the next proposal begins.</summary>
    public void BeginWith(ProposalChoices choices, ObjectiveDetail? objective, Guid me)
    {
        Sli = choices.Slis.Count > 0 ? choices.Slis[0].Slug : "";
        OwnerId = choices.People.Any(p => p.MayOwn && p.Id == me) ? me : choices.People.FirstOrDefault(p => p.MayOwn)?.Id ?? Guid.Empty;
        if (objective?.Versions is not [var latest, ..])
            return;
        if (choices.Slis.Any(s => s.Slug == latest.Sli))
            Sli = latest.Sli;
        TargetText = latest.TargetPercent.ToString(CultureInfo.InvariantCulture);
        Method.Take(latest.Method);
        Externals = latest.Externals;
        var parts = latest.Window.Split(' ');
        if (parts is ["calendar", var period, var zone])
            (WindowKind, TimeZone) = ($"calendar {period}", zone);
        else
            WindowKind = latest.Window;
    }
}
