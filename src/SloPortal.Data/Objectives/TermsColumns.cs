using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Methods;

namespace SloPortal.Data.Objectives;

/// <summary>How terms are kept: percent as an exact number, window and method as their text forms.</summary>
internal static class TermsColumns
{
    public static PropertyBuilder<ObjectiveTarget> AsPercent(this PropertyBuilder<ObjectiveTarget> property) =>
        property.HasConversion(target => target.Percent, percent => new ObjectiveTarget(percent)).HasPrecision(9, 6);

    public static PropertyBuilder<SloWindow> AsText(this PropertyBuilder<SloWindow> property) =>
        property.HasConversion(window => window.ToString()!, text => SloWindow.Parse(text)).HasMaxLength(100);

    public static PropertyBuilder<BudgetingMethod> AsText(this PropertyBuilder<BudgetingMethod> property) =>
        property.HasConversion(method => method.ToString()!, text => MethodText.Parse(text)).HasMaxLength(100);
}
