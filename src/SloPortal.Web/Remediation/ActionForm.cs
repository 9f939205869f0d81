using SloPortal.Application.Remediation;

namespace SloPortal.Web.Remediation;

/// <summary>What somebody types about an action.</summary>
public sealed class ActionForm
{
    public string? Title { get; set; }
    public string? Description { get; set; }

    /// <summary>Short name; empty until one is chosen.</summary>
    public string? Team { get; set; } = "";

    /// <summary>A person's id; empty for nobody.</summary>
    public string? Assignee { get; set; } = "";

    public DateOnly? Due { get; set; }

    public Guid? AssigneeId => Guid.TryParse(Assignee, out var id) ? id : null;

    /// <summary>A day that was not given is one that is over, about which the operation asks.</summary>
    public DateOnly DueOn => Due ?? default;

    public static ActionForm Of(ActionDetail action)
    {
        ArgumentNullException.ThrowIfNull(action);
        return new() { Title = action.Title, Description = action.Description, Team = action.Team, Assignee = action.AssigneeId?.ToString() ?? "", Due = action.DueOn };
    }
}
