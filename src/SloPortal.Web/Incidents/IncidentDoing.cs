namespace SloPortal.Web.Incidents;

/// <summary>What somebody is about to do to an incident.</summary>
public enum IncidentDoing
{
    Nothing,
    Chat,
    File,
    Status,
    Severity,
    Roles,
    Impact,
    Phases,
    Describe,
    Call,
    AskTeam,
    Relate,
    Merge,
    Restrict,
}
