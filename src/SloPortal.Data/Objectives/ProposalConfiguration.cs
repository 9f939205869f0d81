using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Data.Access;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Objectives;

namespace SloPortal.Data.Objectives;

internal sealed class ProposalConfiguration : IEntityTypeConfiguration<Proposal>
{
    public void Configure(EntityTypeBuilder<Proposal> builder)
    {
        builder.ToTable("proposals");
        builder.Property(p => p.Target).AsPercent().HasColumnName("target_percent");
        builder.Property(p => p.Window).AsText();
        builder.Property(p => p.Method).AsText();
        builder.Property(p => p.Externals).HasDefaultValue(ExternalFailures.Counted).HasMaxLength(20);
        builder.Property(p => p.Rationale).HasMaxLength(4000);
        // text and not jsonb: the signatures hash it to the letter.
        builder.Property(p => p.Evidence).HasColumnType("text");
        builder.Property(p => p.Version).IsRowVersion();
        builder.HasIndex(p => p.ObjectiveId);
        builder.HasOne<Objective>().WithMany().HasForeignKey(p => p.ObjectiveId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Sli>().WithMany().HasForeignKey(p => p.SliId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Person>().WithMany().HasForeignKey(p => p.OwnerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Person>().WithMany().HasForeignKey(p => p.StakeholderId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Person>().WithMany().HasForeignKey(p => p.ArbiterId).OnDelete(DeleteBehavior.Restrict);
        builder.OwnsOne(p => p.Aspiration, aim =>
        {
            aim.Property(a => a.Until).HasColumnName("aspirational_until");
            aim.Property(a => a.Actions).HasColumnName("aspirational_actions");
        });
        builder.OwnsOne(p => p.Risk, risk =>
        {
            risk.Property(r => r.PersonName).HasMaxLength(100);
            risk.Property(r => r.Words).HasMaxLength(4000);
        });
        builder.Ignore(p => p.IsAnswered);
        builder.HasMany(p => p.Signatures).WithOne().HasForeignKey(s => s.ProposalId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class SignatureConfiguration : IEntityTypeConfiguration<Signature>
{
    public void Configure(EntityTypeBuilder<Signature> builder)
    {
        builder.ToTable("signatures");
        builder.HasKey(s => new { s.ProposalId, s.Round, s.Party });
        builder.Property(s => s.PersonName).HasMaxLength(100);
        builder.Property(s => s.Reason).HasMaxLength(4000);
    }
}
