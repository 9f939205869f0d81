using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Corrections;

namespace SloPortal.Data.Measurement;

internal sealed class CorrectionConfiguration : IEntityTypeConfiguration<Correction>
{
    public void Configure(EntityTypeBuilder<Correction> builder)
    {
        builder.ToTable("corrections");
        builder.Property(c => c.Recurrence).HasMaxLength(300);
        builder.Property(c => c.TimeZone).HasMaxLength(60);
        builder.Property(c => c.Reason).HasMaxLength(4000);
        builder.Property(c => c.Evidence).HasMaxLength(4000);
        builder.Property(c => c.DecisionNote).HasMaxLength(4000);
        builder.Property(c => c.WithdrawnReason).HasMaxLength(4000);
        builder.Property(c => c.Version).IsRowVersion();
        builder.Ignore(c => c.First);
        builder.HasIndex(c => new { c.SliId, c.State });
        builder.HasOne<Sli>().WithMany().HasForeignKey(c => c.SliId).OnDelete(DeleteBehavior.Restrict);
    }
}
