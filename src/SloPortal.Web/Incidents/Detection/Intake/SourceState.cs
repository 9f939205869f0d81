using Microsoft.AspNetCore.Components;
using SloPortal.Application.Incidents.Detection.Intake.Sources;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents.Detection.Intake;

/// <summary>How a source does, as a pill.</summary>
internal static class SourceState
{
    public static MarkupString Of(SignalSourceRow source) => source switch
    {
        { IsInTrouble: true } => StatePill.Of(Tone.Bad, "Trouble", source.LastProblem),
        { LastReceivedAt: null } => StatePill.Of(Tone.NoData, "Nothing yet"),
        _ => StatePill.Of(Tone.Good, "Works"),
    };
}
