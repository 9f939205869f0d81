using System.Globalization;
using SloPortal.Domain.Incidents;

namespace SloPortal.Application.Reviews.Archive.Exporting;

/// <summary>A selection of the archive as people say it.</summary>
public static class ArchiveWords
{
    /// <summary>"1 postmortem", "1,204 postmortems".</summary>
    public static string Count(int postmortems) => postmortems == 1 ? "1 postmortem" : string.Create(CultureInfo.InvariantCulture, $"{postmortems:N0} postmortems");

    /// <summary>What stands for everything.</summary>
    public const string All = "all";

    /// <summary>What narrows it, or <see cref="All"/>.</summary>
    public static string Of(ArchiveFilter filter)
    {
        List<string> parts = [];
        if (!string.IsNullOrWhiteSpace(filter.Query))
            parts.Add($"with \"{filter.Query.Trim()}\"");
        Add("of ", filter.Services);
        Add("", filter.Severities?.Select(SeverityLevel.Code).ToList());
        Add("factor ", filter.Factors);
        if (filter.From is { } from)
            parts.Add($"from {ArchiveFiles.Moment(from)}");
        if (filter.To is { } to)
            parts.Add($"before {ArchiveFiles.Moment(to)}");
        return parts.Count == 0 ? All : string.Join(", ", parts);

        void Add(string before, IReadOnlyList<string>? values)
        {
            if (values is { Count: > 0 })
                parts.Add(before + string.Join(" or ", values));
        }
    }
}
