using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Data.Access;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Negotiation;

namespace SloPortal.Data.Objectives;

internal sealed class PastRoundConfiguration : IEntityTypeConfiguration<PastRound>
{
    public void Configure(EntityTypeBuilder<PastRound> builder)
    {
        builder.ToTable("proposal_rounds");
        builder.HasKey(r => new { r.ProposalId, r.Number });
        builder.Property(r => r.Target).AsPercent().HasColumnName("target_percent");
        builder.Property(r => r.Window).AsText();
        builder.Property(r => r.Rationale).HasMaxLength(4000);
        builder.Property(r => r.Evidence).HasColumnType("text");
        builder.HasOne<Proposal>().WithMany().HasForeignKey(r => r.ProposalId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class PositionConfiguration : IEntityTypeConfiguration<Position>
{
    public void Configure(EntityTypeBuilder<Position> builder)
    {
        builder.ToTable("positions");
        builder.Property(p => p.Target).AsPercent().HasColumnName("target_percent");
        builder.Property(p => p.PersonName).HasMaxLength(100);
        builder.Property(p => p.Why).HasMaxLength(4000);
        builder.HasIndex(p => p.ProposalId);
        builder.HasOne<Proposal>().WithMany().HasForeignKey(p => p.ProposalId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ProposalRemarkConfiguration : IEntityTypeConfiguration<ProposalRemark>
{
    public void Configure(EntityTypeBuilder<ProposalRemark> builder)
    {
        builder.ToTable("proposal_remarks");
        builder.Property(r => r.PersonName).HasMaxLength(100);
        builder.Property(r => r.Text).HasMaxLength(4000);
        builder.HasIndex(r => r.ProposalId);
        builder.HasOne<Proposal>().WithMany().HasForeignKey(r => r.ProposalId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ProposalInviteeConfiguration : IEntityTypeConfiguration<ProposalInvitee>
{
    public void Configure(EntityTypeBuilder<ProposalInvitee> builder)
    {
        builder.ToTable("proposal_invitees");
        builder.HasKey(i => new { i.ProposalId, i.PersonId });
        builder.HasOne<Proposal>().WithMany().HasForeignKey(i => i.ProposalId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Person>().WithMany().HasForeignKey(i => i.PersonId).OnDelete(DeleteBehavior.Restrict);
    }
}
