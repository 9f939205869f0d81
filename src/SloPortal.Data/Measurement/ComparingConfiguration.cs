using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Data.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Comparing;
using SloPortal.Domain.Measurement.Deciding;

namespace SloPortal.Data.Measurement;

internal sealed class SliMeasurementConfiguration : IEntityTypeConfiguration<SliMeasurement>
{
    public void Configure(EntityTypeBuilder<SliMeasurement> builder)
    {
        builder.ToTable("sli_measurements");
        builder.Property(m => m.TolerancePoints).HasPrecision(7, 4);
        builder.Property(m => m.Reason).HasMaxLength(4000);
        builder.Property(m => m.RemovedReason).HasMaxLength(4000);
        builder.Property(m => m.Version).IsRowVersion();
        builder.Ignore(m => m.Tolerance);
        builder.HasIndex(m => new { m.SliId, m.OtherSliId }).IsUnique().HasFilter("removed_at IS NULL");
        builder.HasOne<Sli>().WithMany().HasForeignKey(m => m.SliId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Sli>().WithMany().HasForeignKey(m => m.OtherSliId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class MeasurementFindingConfiguration : IEntityTypeConfiguration<MeasurementFinding>
{
    public void Configure(EntityTypeBuilder<MeasurementFinding> builder)
    {
        builder.ToTable("measurement_findings");
        builder.Property(f => f.Evidence).HasJson();
        builder.Property(f => f.ClosedReason).HasMaxLength(4000);
        builder.Property(f => f.Version).IsRowVersion();
        builder.HasIndex(f => new { f.MeasurementId, f.Kind }).IsUnique().HasFilter("state = 'Open'").HasDatabaseName("ix_measurement_findings_open");
        builder.HasIndex(f => new { f.MeasurementId, f.OpenedAt });
        builder.HasOne<SliMeasurement>().WithMany().HasForeignKey(f => f.MeasurementId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class CountingDecisionConfiguration : IEntityTypeConfiguration<CountingDecision>
{
    public void Configure(EntityTypeBuilder<CountingDecision> builder)
    {
        builder.ToTable("counting_decisions");
        builder.Property(d => d.Reason).HasMaxLength(4000);
        builder.Property(d => d.DecisionNote).HasMaxLength(4000);
        builder.Property(d => d.Version).IsRowVersion();
        builder.Ignore(d => d.Rule);
        builder.HasIndex(d => new { d.SliId, d.State });
        builder.HasOne<Sli>().WithMany().HasForeignKey(d => d.SliId).OnDelete(DeleteBehavior.Restrict);
    }
}
