using SloPortal.Domain.Incidents.Escalation.Quiet;

namespace SloPortal.Web.Incidents.Escalation.Quiet;

/// <summary>What keeps the signals of a rule quiet, while somebody fills it in.</summary>
public sealed class QuietDraft
{
    public int Signals { get; set; } = 1;
    public int WithinMinutes { get; set; } = QuietTerms.None.WithinMinutes;
    public bool UnderDependency { get; set; }
    public int NobodyMinutes { get; set; }
    public int? PagesPerHour { get; set; }
    public AboveCap AboveCap { get; set; }

    public static QuietDraft Of(QuietTerms? terms) => terms is null ? new() : new()
    {
        Signals = terms.Signals,
        WithinMinutes = terms.WithinMinutes,
        UnderDependency = terms.UnderDependency,
        NobodyMinutes = terms.NobodyMinutes,
        PagesPerHour = terms.PagesPerHour,
        AboveCap = terms.AboveCap,
    };

    /// <summary>Null where nothing keeps them quiet.</summary>
    public QuietTerms? Given()
    {
        var terms = new QuietTerms(Signals, WithinMinutes, UnderDependency, NobodyMinutes, PagesPerHour, AboveCap);
        return terms.IsNothing ? null : terms;
    }
}
