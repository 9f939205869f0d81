namespace SloPortal.Application.Objectives.AsCode.OpenSlo;

/// <summary>What every object begins with.</summary>
/// <param name="Line">Of the object in its file, from 1.</param>
/// <param name="Name">Its name in the file, which becomes the short name.</param>
/// <param name="DisplayName">Null where the file gives none; then what the portal has stays.</param>
/// <param name="Description">Null where the file gives none; then what the portal has stays.</param>
internal sealed record ObjectHead(string File, int Line, string Kind, string Name, string? DisplayName, string? Description, IReadOnlyDictionary<string, string> Annotations)
{
    /// <summary>What the portal's own annotations are called: <c>sloportal.dev/owner</c>.</summary>
    public const string Prefix = "sloportal.dev/";

    public string Title => DisplayName ?? Name;

    /// <summary>The value of one of the portal's own annotations; null where there is none.</summary>
    public string? Own(string name) => Annotations.TryGetValue(Prefix + name, out var value) && value.Trim().Length > 0 ? value.Trim() : null;
}

internal sealed record ServiceObject(ObjectHead Head);

/// <summary>Where series come from. Its connection details are read past and kept nowhere, since they may hold secrets.</summary>
internal sealed record DataSourceObject(ObjectHead Head, string? Type);

/// <summary>A query and where it is asked.</summary>
/// <param name="Query">Null where the file gives another form than <c>query</c>.</param>
internal sealed record Metric(int Line, string? Source, string? Type, string? Query);

/// <summary>What is measured: a threshold on one metric, or a ratio of two, or a ratio that somebody else computed.</summary>
internal sealed record Indicator(ObjectHead Head, Metric? Threshold, Metric? Good, Metric? Bad, Metric? Total, Metric? Raw, bool? IsCounter);

/// <summary>One target of an SLO.</summary>
/// <param name="TargetPercent">99.9 means 99.9 %.</param>
/// <param name="Method">As the portal writes it, such as "timeslices 5m 99".</param>
/// <param name="Operator">lte, gte, lt or gt; for a threshold metric.</param>
internal sealed record Target(int Line, string? Name, decimal TargetPercent, string Method, string? Operator, decimal? Value, Indicator? Indicator, string? IndicatorName);

/// <param name="Window">As the portal writes it, such as "rolling 30d"; null where it was refused.</param>
internal sealed record ObjectiveObject(ObjectHead Head, string Service, int ServiceLine, Indicator? Indicator, string? IndicatorName, int IndicatorLine, string? Window, IReadOnlyList<Target> Targets);

/// <summary>An object that is read and checked and that the portal keeps elsewhere: alert policies, conditions and targets.</summary>
internal sealed record OtherObject(ObjectHead Head);

/// <summary>All objects of all files.</summary>
internal sealed class SloSet
{
    public List<ServiceObject> Services { get; } = [];
    public List<Indicator> Indicators { get; } = [];
    public List<ObjectiveObject> Objectives { get; } = [];
    public List<DataSourceObject> DataSources { get; } = [];
    public List<OtherObject> Others { get; } = [];

    public IEnumerable<ObjectHead> Heads() =>
        [.. Services.Select(s => s.Head), .. Indicators.Select(i => i.Head), .. Objectives.Select(o => o.Head), .. DataSources.Select(d => d.Head), .. Others.Select(o => o.Head)];
}
