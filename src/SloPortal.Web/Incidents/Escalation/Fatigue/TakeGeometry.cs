using SloPortal.Domain.Incidents.Escalation.Fatigue;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents.Escalation.Fatigue;

/// <summary>Waits as columns in a box of 640 × 260: the time until somebody took a page to the right, pages upwards.</summary>
internal sealed record TakeGeometry(IReadOnlyList<TakeColumn> Columns, IReadOnlyList<(double Y, string Text)> Ticks)
{
    public const double Left = 56;
    public const double Right = 632;
    public const double Top = 28;
    public const double Bottom = 200;

    public static TakeGeometry Of(IReadOnlyList<WaitBar> bars)
    {
        var most = Math.Max(4, bars.Max(b => b.Taken + b.Untaken));
        var step = (Right - Left) / bars.Count;
        return new(
            [
                .. bars.Select((bar, i) => new TakeColumn(
                    Left + (i * step) + (step * 0.12), step * 0.76, Y(bar.Taken), Bottom - Y(bar.Taken), Y(bar.Taken + bar.Untaken), Y(bar.Taken) - Y(bar.Taken + bar.Untaken),
                    i == 0 ? null : Left + (i * step), i == 0 ? "" : Edge(bar.FromSeconds))),
            ],
            [.. ChartTicks.Of(0, most, Y).Where(t => !t.Text.Contains('.', StringComparison.Ordinal))]);

        double Y(double pages) => Bottom - (pages / most * (Bottom - Top));
    }

    private static string Edge(double seconds) => seconds < 3600 ? $"{seconds / 60:0} m" : $"{seconds / 3600:0} h";
}

/// <param name="EdgeX">Where its lower bound stands on the axis; null for the first, which begins at zero.</param>
/// <param name="Edge">That bound with its unit.</param>
internal sealed record TakeColumn(double X, double Width, double TakenY, double TakenHeight, double UntakenY, double UntakenHeight, double? EdgeX, string Edge);
