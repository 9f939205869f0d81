using SloPortal.Application.Measurement;
using SloPortal.Application.Measurement.Corrections;
using SloPortal.Domain.Common;
using SloPortal.Domain.Governance;

namespace SloPortal.Application.Governance;

/// <summary>How a period of a contract stands, in shares and in money.</summary>
/// <param name="From">Of the period, as far as the term covers it.</param>
/// <param name="To">Exclusive.</param>
/// <param name="Running">It is not over.</param>
/// <param name="Attained">0 to 1, outside exclusions; null without data.</param>
/// <param name="Met">Whether what was counted so far meets the target.</param>
/// <param name="Bad">What failed outside exclusions.</param>
/// <param name="Total">All outside exclusions.</param>
/// <param name="BadLeftOut">What failed in exclusions, and is not charged.</param>
/// <param name="Credit">Due by what was attained so far.</param>
/// <param name="Certain">Due even if nothing fails any more, at the same traffic.</param>
/// <param name="AtMost">What the lowest tier costs.</param>
public sealed record ContractFigures(
    DateTimeOffset From, DateTimeOffset To, bool Running, double? Attained, bool? Met, double Bad, double Total, double BadLeftOut,
    decimal CreditPercent, decimal Credit, decimal Certain, decimal AtMost);

/// <summary>
/// Judges periods of contracts by their own rules: by what was measured, whatever a correction has objectives count, and outside their own
/// exclusions. All that is asked costs two statements.
/// </summary>
public sealed class ContractReading(SliCounts counts, OriginalCounts originals)
{
    /// <summary>The figures of each period, in the order asked.</summary>
    internal async Task<IReadOnlyList<ContractFigures>> ReadAsync(IReadOnlyList<(Contract Contract, Interval Period)> asked, DateTimeOffset now, CancellationToken ct)
    {
        var divided = asked.Select(a =>
        {
            var until = a.Contract.Method.Floor(now);
            var seen = new Interval(a.Period.Start, until < a.Period.Start ? a.Period.Start : until < a.Period.End ? until : a.Period.End);
            var (counted, leftOut) = ContractPeriod.Divide(seen, a.Contract.Exclusions.Where(e => e.WithdrawnAt is null).Select(e => e.When));
            return (Seen: seen, Counted: counted, LeftOut: leftOut);
        }).ToList();
        CountsAsked[] windows = [.. asked.Zip(divided).SelectMany(p => p.Second.Counted.Concat(p.Second.LeftOut).Select(w => new CountsAsked(p.First.Contract.CountsId, w)))];
        var sums = (await counts.InAsync(windows, ct)).Zip(await originals.DifferencesAsync(windows, ct), (counted, measured) => counted + measured.More).ToList();
        var (figures, place) = (new List<ContractFigures>(), 0);
        foreach (var ((contract, when), (seen, counted, leftOut)) in asked.Zip(divided))
        {
            var period = new ContractPeriod(when, seen, Next(counted.Count), Next(leftOut.Count));
            var due = CreditTiers.Due(contract.Tiers, period.Attained);
            figures.Add(new ContractFigures(
                when.Start, when.End, period.IsRunning, period.Attained, period.IsMet(contract.Target), period.Counted.Bad, period.Counted.Total, period.LeftOut.Bad,
                due, CreditTiers.Of(contract.PeriodFee, due),
                CreditTiers.Of(contract.PeriodFee, CreditTiers.Due(contract.Tiers, period.AtBest)),
                period.IsRunning ? CreditTiers.Of(contract.PeriodFee, contract.Tiers.Max(t => t.CreditPercent)) : CreditTiers.Of(contract.PeriodFee, due)));
        }

        return figures;

        EventCounts Next(int windows)
        {
            var sum = EventCounts.None;
            for (var end = place + windows; place < end; place++)
                sum += sums[place];
            return sum;
        }
    }
}
