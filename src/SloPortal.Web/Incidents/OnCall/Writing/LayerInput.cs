using SloPortal.Application.Incidents.OnCall.Schedules;
using SloPortal.Domain.Incidents.OnCall;
using SloPortal.Web.Incidents.OnCall.Hours;

namespace SloPortal.Web.Incidents.OnCall.Writing;

/// <summary>A layer while somebody writes it.</summary>
public sealed class LayerInput
{
    public Guid Key { get; } = Guid.NewGuid();
    public Guid? Id { get; init; }
    public string? Name { get; set; }
    public ShiftUnit Unit { get; set; } = ShiftUnit.Weeks;
    public int Every { get; set; } = 1;
    public DateOnly FirstDay { get; set; }
    public TimeOnly HandOff { get; set; } = new(9, 0);
    public List<Guid> People { get; } = [];

    public HoursInput Hours { get; } = new();

    /// <summary>Several hours that one set of days and times cannot say; they stay as they are until somebody writes others.</summary>
    public IReadOnlyList<WeeklyHours> OtherHours { get; set; } = [];

    public static LayerInput Of(LayerGiven layer)
    {
        var input = new LayerInput { Id = layer.Id, Name = layer.Name, Unit = layer.Unit, Every = layer.Every, FirstDay = layer.FirstDay, HandOff = layer.HandOff };
        input.People.AddRange(layer.People);
        if (layer.Hours is [var only])
            input.Hours.Fill(only);
        else
            input.OtherHours = layer.Hours ?? [];
        return input;
    }

    public LayerGiven Given() => new(Id, Name ?? "", Unit, Every, FirstDay, HandOff, [.. People], OtherHours.Count > 0 ? OtherHours : Hours.IsOn ? [Hours.Given()] : []);
}
