using System.Globalization;
using SloPortal.Application.Objectives.AsCode.OpenSlo;
using SloPortal.Domain.Objectives.Methods;

namespace SloPortal.Application.Objectives.AsCode.Sloth;

/// <summary>What a rule generator needs of one objective; queries hold <c>{{.window}}</c> where the window goes.</summary>
/// <param name="ErrorQuery">The bad events, or with <paramref name="TotalQuery"/> null the share of bad events itself.</param>
/// <param name="Percent">99.9 means 99.9 %.</param>
/// <param name="Page">Null for no such alert.</param>
/// <param name="Ticket">Null for no such alert.</param>
public sealed record RuleSubject(
    string Service, string Slo, double Percent, int Days, string ErrorQuery, string? TotalQuery,
    IReadOnlyDictionary<string, string> Labels, BurnAlert? Page, BurnAlert? Ticket);

/// <summary>A burn alert as the rules name it.</summary>
public sealed record BurnAlert(string Name, IReadOnlyDictionary<string, string> Labels, IReadOnlyDictionary<string, string> Annotations);

/// <summary>An objective of a Sloth spec.</summary>
/// <param name="Line">In its file, from 1.</param>
/// <param name="QueryLine">Where its queries begin.</param>
internal sealed record SlothSlo(int Line, int QueryLine, string Description, decimal Percent, RuleSubject Subject);

/// <summary>A file of Sloth: one service and its objectives.</summary>
internal sealed record SlothSpec(int Line, string Service, IReadOnlyList<SlothSlo> Slos)
{
    public const string Version = "prometheus/v1";

    /// <summary>Adds the spec as objects of OpenSLO; the window is Sloth's default of 30 days.</summary>
    public void AddTo(SloSet set, string file)
    {
        var none = new Dictionary<string, string>();
        set.Services.Add(new ServiceObject(new ObjectHead(file, Line, "Service", Service, null, null, none)));
        foreach (var slo in Slos)
        {
            var head = new ObjectHead(file, slo.Line, "SLO", slo.Subject.Slo, null, slo.Description, none);
            Metric Of(string query) => new(slo.QueryLine, null, null, query);
            var (error, total) = (slo.Subject.ErrorQuery, slo.Subject.TotalQuery);
            var indicator = total is null
                ? new Indicator(head with { Kind = "SLI" }, null, null, null, null, Of(error), null)
                : new Indicator(head with { Kind = "SLI" }, null, null, Of(error), Of(total), null, true);
            set.Objectives.Add(new ObjectiveObject(
                head, Service, Line, indicator, null, slo.Line, string.Create(CultureInfo.InvariantCulture, $"rolling {slo.Subject.Days}d"),
                [new Target(slo.Line, null, slo.Percent, BudgetingMethod.Default.ToString()!, null, null, null, null)]));
        }
    }
}
