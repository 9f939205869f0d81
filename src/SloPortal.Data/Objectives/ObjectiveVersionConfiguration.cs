using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Objectives;

namespace SloPortal.Data.Objectives;

internal sealed class ObjectiveVersionConfiguration : IEntityTypeConfiguration<ObjectiveVersion>
{
    public void Configure(EntityTypeBuilder<ObjectiveVersion> builder)
    {
        builder.ToTable("objective_versions");
        builder.Property(v => v.Target).AsPercent().HasColumnName("target_percent");
        builder.Property(v => v.Window).AsText();
        builder.Property(v => v.Method).AsText();
        builder.Property(v => v.Externals).HasDefaultValue(ExternalFailures.Counted).HasMaxLength(20);
        builder.Ignore(v => v.Terms);
        builder.HasIndex(v => new { v.ObjectiveId, v.Number }).IsUnique();
        builder.HasIndex(v => new { v.ObjectiveId, v.EffectiveFrom });
        builder.HasOne<Objective>().WithMany().HasForeignKey(v => v.ObjectiveId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Sli>().WithMany().HasForeignKey(v => v.SliId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Proposal>().WithMany().HasForeignKey(v => v.ProposalId).OnDelete(DeleteBehavior.Restrict);
    }
}
