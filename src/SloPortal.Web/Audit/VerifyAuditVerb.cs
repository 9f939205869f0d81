using System.Globalization;
using SloPortal.Application.Audit;
using SloPortal.Application.Common;
using SloPortal.Domain.Common;
using SloPortal.Web.Common;

namespace SloPortal.Web.Audit;

/// <summary>Exit code 0 when the chain is intact, 1 when it is broken, 2 when there is none to read. Note the head hash elsewhere: against it a later run shows that nothing was cut off.</summary>
internal sealed class VerifyAuditVerb : IVerb
{
    public string Name => "verify-audit";

    public string Summary => "recomputes the chain of the audit and tells the first broken entry";

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, IServiceProvider services, TextWriter output, CancellationToken ct)
    {
        if (await UnreadableAsync(services, ct) is { } problem)
        {
            await output.WriteLineAsync(problem);
            return 2;
        }
        var report = await services.GetRequiredService<VerifyAudit.Handler>().ComputeAsync(ct);
        await output.WriteLineAsync(Describe(report));
        return report.IsIntact ? 0 : 1;
    }

    private static async Task<string?> UnreadableAsync(IServiceProvider services, CancellationToken ct)
    {
        var findings = await services.GetRequiredService<PortalReadiness>().CheckAsync(ct);
        var problem = findings.FirstOrDefault(f => f is { Name: "database" or "migrations", Problem: not null });
        return problem?.Name switch
        {
            null => null,
            "migrations" => "This database was not prepared by this version of the portal, so there is no audit to verify. Check ConnectionStrings__Portal, or start the portal once.",
            _ => "The database does not answer. Check ConnectionStrings__Portal and that PostgreSQL runs, and try again.",
        };
    }

    public static string Describe(ChainReport report)
    {
        var entries = report.Entries == 1 ? "1 entry" : string.Create(CultureInfo.InvariantCulture, $"{report.Entries:N0} entries");
        return report.Broken is { } broken
            ? $"Chain broken: {broken}. {entries} before it hold."
            : $"{entries}, chain intact, head {(report.HeadHash.Length == 0 ? "none" : report.HeadHash)}";
    }
}
