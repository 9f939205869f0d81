using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Domain.Objectives;

namespace SloPortal.Data.Objectives;

/// <summary>How a target and a window are kept: percent as an exact number, the window as its text form.</summary>
internal static class TermsColumns
{
    public static PropertyBuilder<ObjectiveTarget> AsPercent(this PropertyBuilder<ObjectiveTarget> property) =>
        property.HasConversion(target => target.Percent, percent => new ObjectiveTarget(percent)).HasPrecision(9, 6);

    public static PropertyBuilder<SloWindow> AsText(this PropertyBuilder<SloWindow> property) =>
        property.HasConversion(window => window.ToString()!, text => SloWindow.Parse(text)).HasMaxLength(100);
}
