using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Data.Common;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Governance.Retention;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Measurement.Retention;

namespace SloPortal.Data.Governance;

internal sealed class RetentionConfiguration :
    IEntityTypeConfiguration<RetentionRule>, IEntityTypeConfiguration<FrameworkMinimum>, IEntityTypeConfiguration<LegalHold>, IEntityTypeConfiguration<PurgeReceipt>
{
    public void Configure(EntityTypeBuilder<RetentionRule> builder)
    {
        builder.ToTable("retention_rules");
        builder.HasKey(r => r.Kind);
        builder.Property(r => r.Reason).HasMaxLength(4000);
        builder.Property(r => r.ChangedByName).HasMaxLength(200);
        builder.Property(r => r.Version).IsRowVersion();
    }

    public void Configure(EntityTypeBuilder<FrameworkMinimum> builder)
    {
        builder.ToTable("framework_minima");
        builder.Property(m => m.Id).ValueGeneratedNever();
        builder.Property(m => m.Framework).HasMaxLength(200);
        builder.Property(m => m.Source).HasMaxLength(1000);
        builder.Property(m => m.AppliedByName).HasMaxLength(200);
        builder.HasIndex(m => new { m.Framework, m.Kind }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<LegalHold> builder)
    {
        builder.ToTable("legal_holds");
        builder.Property(h => h.Id).ValueGeneratedNever();
        builder.Property(h => h.Reason).HasMaxLength(4000);
        builder.Property(h => h.PlacedByName).HasMaxLength(200);
        builder.Property(h => h.ReleasedByName).HasMaxLength(200);
        builder.Property(h => h.ReleaseReason).HasMaxLength(4000);
        builder.HasOne<Service>().WithMany().HasForeignKey(h => h.ServiceId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Incident>().WithMany().HasForeignKey(h => h.IncidentId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<PurgeReceipt> builder)
    {
        builder.ToTable("purge_receipts");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Tables).HasJson();
        builder.Ignore(r => r.Rows);
        builder.HasIndex(r => r.BegunAt);
    }
}
