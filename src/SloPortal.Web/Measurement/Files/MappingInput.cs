using System.Globalization;
using SloPortal.Domain.Measurement.Files;

namespace SloPortal.Web.Measurement.Files;

/// <summary>A mapping while somebody changes it.</summary>
internal sealed class MappingInput
{
    public RowFormat Format { get; set; }
    public string Delimiter { get; set; } = ",";
    public bool HasHeader { get; set; } = true;
    public bool DecimalComma { get; set; }
    public string Pattern { get; set; } = "";
    public bool PassOverOthers { get; set; }
    public string TimeColumn { get; set; } = "";
    public TimeForm Form { get; set; }
    public string TimeFormat { get; set; } = "";
    public string Zone { get; set; } = "UTC";
    public RowMeaning Meaning { get; set; }
    public string Good { get; set; } = "";
    public string Bad { get; set; } = "";
    public string Total { get; set; } = "";
    public string Minutes { get; set; } = "1";
    public bool TimeIsEnd { get; set; }
    public string Column { get; set; } = "";
    public GoodTest Test { get; set; }
    public string Value { get; set; } = "";

    public void Take(RowMapping mapping)
    {
        (Format, Delimiter, HasHeader, DecimalComma) = (mapping.Format, mapping.Delimiter ?? ",", mapping.HasHeader, mapping.DecimalComma);
        (Pattern, PassOverOthers) = (mapping.Pattern ?? "", mapping.PassOverOthers);
        (TimeColumn, Form, TimeFormat, Zone) = (mapping.Time.Column, mapping.Time.Form, mapping.Time.Format ?? "", mapping.Time.Zone);
        var counts = mapping.Counts;
        (Meaning, Good, Bad, Total) = (counts.Meaning, counts.Good ?? "", counts.Bad ?? "", counts.Total ?? "");
        (Minutes, TimeIsEnd) = (counts.Minutes.ToString(CultureInfo.InvariantCulture), counts.TimeIsEnd);
        (Column, Test, Value) = (counts.Column ?? "", counts.Test, counts.Value ?? "");
    }

    public RowMapping ToMapping()
    {
        var isEvent = Meaning == RowMeaning.Event;
        return new RowMapping
        {
            Format = Format,
            Delimiter = Format == RowFormat.Csv ? Delimiter : null,
            HasHeader = HasHeader,
            DecimalComma = Format == RowFormat.Csv && DecimalComma,
            Pattern = Format == RowFormat.Lines ? Pattern.Trim() : null,
            PassOverOthers = Format == RowFormat.Lines && PassOverOthers,
            Time = new TimeRule(TimeColumn, Form, Form == TimeForm.Custom ? TimeFormat.Trim() : null, Zone.Trim()),
            Counts = new CountRule(Meaning)
            {
                Good = isEvent ? null : Given(Good),
                Bad = isEvent || Good.Length > 0 ? null : Given(Bad),
                Total = isEvent ? null : Given(Total),
                Minutes = isEvent ? 1 : int.TryParse(Minutes, CultureInfo.InvariantCulture, out var minutes) ? minutes : 0,
                TimeIsEnd = !isEvent && TimeIsEnd,
                Column = isEvent ? Given(Column) : null,
                Test = isEvent ? Test : GoodTest.OneOf,
                Value = isEvent ? Given(Value.Trim()) : null,
            },
        };
    }

    private static string? Given(string text) => text.Length == 0 ? null : text;
}
