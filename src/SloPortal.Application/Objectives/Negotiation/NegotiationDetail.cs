using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Common;
using SloPortal.Application.Objectives.Proposals;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Negotiation;

namespace SloPortal.Application.Objectives.Negotiation;

/// <summary>Terms that were on the table before these.</summary>
/// <param name="Evidence">As it stood, without the line of its chart.</param>
/// <param name="Signatures">Given for this round; they do not count for a later one.</param>
public sealed record RoundDetail(
    int Number, decimal TargetPercent, string WindowPhrase, DateTimeOffset? EffectiveFrom, DateOnly? ReviewOn, string Rationale, string OfferedBy, DateTimeOffset OfferedAt,
    DateTimeOffset EndedAt, string ContentHash, ProposalEvidence Evidence, IReadOnlyList<SignatureDetail> Signatures);

/// <param name="IsCurrent">No later one of the same person supersedes it.</param>
/// <param name="ContentHash">SHA-256, hexadecimal, of what was stated.</param>
public sealed record PositionDetail(
    Guid Id, Guid PersonId, string Name, Side Side, decimal TargetPercent, string Why, int Round, DateTimeOffset StatedAt, Confirmation ConfirmedBy, bool IsCurrent, string ContentHash);

public sealed record RemarkDetail(Guid Id, RemarkKind Kind, string Name, string Text, int Round, DateTimeOffset SaidAt);

/// <param name="HasStated">They stated a position.</param>
public sealed record InviteeDetail(Guid PersonId, string Name, DateTimeOffset InvitedAt, bool HasStated);

/// <param name="DecidedAt">Null while they did not.</param>
public sealed record ArbiterDetail(Guid PersonId, string Name, DateTimeOffset? DecidedAt, string? Reason, Confirmation? ConfirmedBy);

/// <summary>An aim and not yet a promise. The work behind it is told by Remediation, to those who may see it.</summary>
public sealed record AspirationDetail(DateOnly Until);

public sealed record RiskDetail(string Name, string Words, DateTimeOffset At, Confirmation ConfirmedBy);

/// <summary>How two sides came to, or are coming to, an agreement.</summary>
/// <param name="Round">1 for the terms as proposed.</param>
/// <param name="OfferedBy">Who put the terms of this round forward.</param>
/// <param name="EarlierRounds">The newest first.</param>
/// <param name="Positions">The newest first, superseded ones too.</param>
/// <param name="Remarks">Comments and dissents, the oldest first.</param>
/// <param name="IsUnattainable">The history does not hold the target, so that signing it needs an answer.</param>
public sealed record NegotiationDetail(
    int Round, string OfferedBy, DateTimeOffset OfferedAt, DateOnly? ReviewOn, DateTimeOffset? Deadline, ArbiterDetail? Arbiter,
    IReadOnlyList<RoundDetail> EarlierRounds, IReadOnlyList<PositionDetail> Positions, IReadOnlyList<RemarkDetail> Remarks, IReadOnlyList<InviteeDetail> Invitees,
    bool IsUnattainable, AspirationDetail? Aspiration, RiskDetail? Risk)
{
    /// <summary>Somebody must say how a target that the history does not hold can be promised all the same.</summary>
    public bool NeedsAnswer => IsUnattainable && Aspiration is null && Risk is null;

    public IEnumerable<PositionDetail> Current => Positions.Where(p => p.IsCurrent);

    public Spread Spread => Spread.Of(Current.Select(p => (p.Side, p.TargetPercent)));

    public IEnumerable<RemarkDetail> Dissents => Remarks.Where(r => r.Kind == RemarkKind.Dissent);
}

/// <summary>Reads the negotiations of proposals that are read already.</summary>
internal static class Negotiations
{
    /// <summary>As it stood when the terms on the table were put forward.</summary>
    public static ProposalEvidence EvidenceOf(Proposal proposal) => JsonSerializer.Deserialize<ProposalEvidence>(proposal.Evidence, PortalJson.Options)!;

    /// <param name="proposals">With their signatures.</param>
    public static async Task<Dictionary<Guid, NegotiationDetail>> ReadAsync(PortalDbContext db, IReadOnlyList<Proposal> proposals, CancellationToken ct)
    {
        var ids = proposals.Select(p => p.Id).ToList();
        var rounds = (await db.PastRounds.AsNoTracking().Where(r => ids.Contains(r.ProposalId)).OrderByDescending(r => r.Number).ToListAsync(ct)).ToLookup(r => r.ProposalId);
        var positions = (await db.Positions.AsNoTracking().Where(p => ids.Contains(p.ProposalId)).OrderByDescending(p => p.StatedAt).ThenByDescending(p => p.Id).ToListAsync(ct)).ToLookup(p => p.ProposalId);
        var remarks = (await db.ProposalRemarks.AsNoTracking().Where(r => ids.Contains(r.ProposalId)).OrderBy(r => r.SaidAt).ThenBy(r => r.Id).ToListAsync(ct)).ToLookup(r => r.ProposalId);
        var invitees = (await db.ProposalInvitees.AsNoTracking().Where(i => ids.Contains(i.ProposalId)).OrderBy(i => i.InvitedAt).ToListAsync(ct)).ToLookup(i => i.ProposalId);
        var people = proposals.SelectMany(p => new[] { p.OfferedBy, p.ArbiterId ?? Guid.Empty })
            .Concat(rounds.SelectMany(r => r).Select(r => r.OfferedBy)).Concat(invitees.SelectMany(i => i).Select(i => i.PersonId)).Distinct().ToList();
        var names = await db.Users.Where(u => people.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName, ct);
        return proposals.ToDictionary(p => p.Id, Of);

        NegotiationDetail Of(Proposal proposal)
        {
            var decision = proposal.Signatures.FirstOrDefault(s => s.Party == Party.Arbiter);
            var seen = new HashSet<Guid>();
            return new NegotiationDetail(
                proposal.Round, NameOf(proposal.OfferedBy), proposal.OfferedAt, proposal.ReviewOn, proposal.Deadline,
                proposal.ArbiterId is { } arbiter ? new(arbiter, decision?.PersonName ?? NameOf(arbiter), decision?.SignedAt, decision?.Reason, decision?.ConfirmedBy) : null,
                [.. rounds[proposal.Id].Select(r => new RoundDetail(
                    r.Number, r.Target.Percent, r.Window.Phrase, r.EffectiveFrom, r.ReviewOn, r.Rationale, NameOf(r.OfferedBy), r.OfferedAt, r.EndedAt, Convert.ToHexStringLower(r.ContentHash),
                    JsonSerializer.Deserialize<ProposalEvidence>(r.Evidence, PortalJson.Options)! with { Line = [] },
                    [.. proposal.Signatures.Where(s => s.Round == r.Number).OrderBy(s => s.SignedAt).Select(SignatureDetail.Of)]))],
                // Newest first, so the first of each person is the one that counts.
                [.. positions[proposal.Id].Select(p => new PositionDetail(
                    p.Id, p.PersonId, p.PersonName, p.Side, p.Target.Percent, p.Why, p.Round, p.StatedAt, p.ConfirmedBy, seen.Add(p.PersonId), Convert.ToHexStringLower(p.ContentHash)))],
                [.. remarks[proposal.Id].Select(r => new RemarkDetail(r.Id, r.Kind, r.PersonName, r.Text, r.Round, r.SaidAt))],
                [.. invitees[proposal.Id].Select(i => new InviteeDetail(i.PersonId, NameOf(i.PersonId), i.InvitedAt, positions[proposal.Id].Any(p => p.PersonId == i.PersonId)))],
                AgreementRules.IsUnattainable(proposal),
                proposal.Aspiration is { } aim ? new(aim.Until) : null,
                proposal.Risk is { } risk ? new(risk.PersonName, risk.Words, risk.At, risk.ConfirmedBy) : null);
        }

        string NameOf(Guid person) => names.GetValueOrDefault(person, "SloPortal");
    }
}
