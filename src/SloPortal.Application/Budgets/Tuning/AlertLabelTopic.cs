namespace SloPortal.Application.Budgets.Tuning;

/// <summary>Under which it is told that somebody marked an interval, or took a mark back.</summary>
public static class AlertLabelTopic
{
    public const string Name = "alert-labels";
}
