using SloPortal.Domain.Objectives;

namespace SloPortal.Application.Objectives.AsCode.OpenSlo;

/// <summary>How a file says whether failures of vendors count: the annotation <c>sloportal.dev/externals</c>, which OpenSLO has no field for.</summary>
internal static class ExternalsText
{
    public const string Forms = "Failures of vendors (annotation sloportal.dev/externals) are counted or left-out.";

    /// <summary>Null where they count, which is what a file without the annotation says of a new objective.</summary>
    public static string? Of(ExternalFailures externals) => externals == ExternalFailures.LeftOut ? "left-out" : null;

    /// <summary>Null where the text is neither.</summary>
    public static ExternalFailures? Read(string text) => text switch
    {
        "counted" => ExternalFailures.Counted,
        "left-out" => ExternalFailures.LeftOut,
        _ => null,
    };
}
