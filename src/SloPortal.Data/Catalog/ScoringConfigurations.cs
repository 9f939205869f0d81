using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Data.Common;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Catalog.Scoring;

namespace SloPortal.Data.Catalog;

internal sealed class ServiceImpactConfiguration : IEntityTypeConfiguration<ServiceImpact>
{
    public void Configure(EntityTypeBuilder<ServiceImpact> builder)
    {
        builder.ToTable("service_impacts");
        builder.HasKey(i => i.ServiceId);
        builder.Property(i => i.RevenuePerHour).HasPrecision(18, 2);
        builder.Property(i => i.Currency).HasMaxLength(3);
        builder.Property(i => i.Version).IsRowVersion();
        builder.HasOne<Service>().WithOne().HasForeignKey<ServiceImpact>(i => i.ServiceId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ScoreOverrideConfiguration : IEntityTypeConfiguration<ScoreOverride>
{
    public void Configure(EntityTypeBuilder<ScoreOverride> builder)
    {
        builder.ToTable("score_overrides");
        builder.HasKey(o => o.ServiceId);
        builder.Property(o => o.Rationale).HasMaxLength(4000);
        builder.Property(o => o.DecidedByName).HasMaxLength(200);
        builder.HasOne<Service>().WithOne().HasForeignKey<ScoreOverride>(o => o.ServiceId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class StoredScorecardConfiguration : IEntityTypeConfiguration<StoredScorecard>
{
    public void Configure(EntityTypeBuilder<StoredScorecard> builder)
    {
        builder.ToTable("scorecards");
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Card).HasJson();
        builder.Property(c => c.Version).IsRowVersion();
    }
}
