using System.Globalization;

namespace SloPortal.Domain.Incidents.Response.WarRooms;

/// <summary>What whoever holds a role does, in the order in which it is usually done.</summary>
public sealed record RoleChecklist(IncidentRole Role, IReadOnlyList<string> Steps);

/// <summary>What a war room begins with. Rooms that were opened keep what they began with.</summary>
/// <param name="Version">Counted from 1.</param>
/// <param name="CallLink">Where people meet; <c>{code}</c> stands for the code of the incident. Null gives a room no link until somebody says one.</param>
/// <param name="Checklists">Each role at most once.</param>
public sealed record WarRoomPlan(int Version, string? CallLink, IReadOnlyList<RoleChecklist> Checklists)
{
    public const int MostSteps = 12;
    public const int LongestStep = IncidentTask.LongestTitle;
    public const int LongestLink = 500;

    private const string Code = "{code}";

    /// <summary>In force until somebody changes it. Product policy.</summary>
    public static WarRoomPlan Usual { get; } = new(1, null,
    [
        new(IncidentRole.Commander,
        [
            "Say in the call that you command.",
            "Hand out the other roles.",
            "Check severity and impact, and again when more is known.",
            "Name what is tried next, by whom, and until when.",
            "Decide who else must be called.",
            "Say when it is mitigated, and who watches that it stays so.",
        ]),
        new(IncidentRole.OperationsLead,
        [
            "Compare the start with the latest changes.",
            "Announce each change in the call before it is made.",
            "Watch the burn rate after each change.",
            "Write down what was ruled out.",
        ]),
        new(IncidentRole.Communications,
        [
            "Tell stakeholders what users notice.",
            "Promise when they hear more, and keep it.",
            "Tell support what to answer.",
            "Tell everybody when it is over.",
        ]),
        new(IncidentRole.Scribe,
        [
            "Write down each decision and who made it.",
            "Pin what everybody must know.",
            "Paste what was said in the chat.",
            "Check the times of start, mitigation and end.",
        ]),
    ]);

    public IReadOnlyList<string> StepsOf(IncidentRole role) => Checklists.FirstOrDefault(c => c.Role == role)?.Steps ?? [];

    /// <summary>Where the people of this incident meet; null where the plan says nothing.</summary>
    public string? CallLinkOf(string code) => CallLink?.Replace(Code, code, StringComparison.Ordinal);

    /// <summary>What is wrong with a link, a sentence; null when nothing is.</summary>
    public static string? RefusalForLink(string link)
    {
        ArgumentNullException.ThrowIfNull(link);
        return link.Length <= LongestLink && Uri.TryCreate(link.Replace(Code, "INC-1", StringComparison.Ordinal), UriKind.Absolute, out var uri)
            && uri is { Scheme: "https", UserInfo: "" } ? null
            : $"Give the address of the call, beginning with https:// and with at most {LongestLink} characters, without a name or password before the host.";
    }

    /// <summary>What is wrong with the checklists, a sentence; null when nothing is.</summary>
    public static string? RefusalFor(IReadOnlyList<RoleChecklist>? checklists)
    {
        if (checklists is null)
            return "Give the checklists, or an empty list.";
        if (checklists.Any(c => c is not { Steps: not null } || !Enum.IsDefined(c.Role)))
            return "A checklist names a role, commander, operationsLead, communications or scribe, and its steps.";
        if (checklists.DistinctBy(c => c.Role).Count() < checklists.Count)
            return "Give each role one checklist.";
        foreach (var (role, steps) in checklists)
        {
            var who = IncidentRoles.Word(role);
            if (steps.Count > MostSteps)
                return $"The checklist of the {who} has more than {MostSteps} steps. Nobody reads more in an incident; leave some out.";
            for (var i = 0; i < steps.Count; i++)
            {
                var number = (i + 1).ToString(CultureInfo.InvariantCulture);
                if (string.IsNullOrWhiteSpace(steps[i]))
                    return $"Step {number} of the {who} is empty. Fill it in, or remove it.";
                if (steps[i].Length > LongestStep)
                    return $"Step {number} of the {who} is longer than {LongestStep} characters. Shorten it.";
            }
        }
        return null;
    }
}
