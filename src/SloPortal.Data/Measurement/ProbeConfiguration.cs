using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Data.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Probes;

namespace SloPortal.Data.Measurement;

internal sealed class ProbeConfiguration :
    IEntityTypeConfiguration<Probe>, IEntityTypeConfiguration<ProbeResult>, IEntityTypeConfiguration<ProbeLocation>, IEntityTypeConfiguration<AllowedAddress>
{
    public void Configure(EntityTypeBuilder<Probe> builder)
    {
        builder.ToTable("probes");
        builder.HasKey(p => p.SourceId);
        builder.Property(p => p.SourceId).ValueGeneratedNever();
        builder.Property(p => p.Check).HasJson();
        builder.HasIndex(p => p.NextAt);
        builder.HasOne<Source>().WithOne().HasForeignKey<Probe>(p => p.SourceId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Sli>().WithMany().HasForeignKey(p => p.SliId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<ProbeResult> builder)
    {
        builder.ToTable("probe_results");
        builder.HasKey(r => new { r.SourceId, r.Key });
        builder.Property(r => r.Location).HasMaxLength(63);
        builder.Property(r => r.Reason).HasMaxLength(ProbeResult.ReasonLength);
        builder.Property(r => r.Address).HasMaxLength(60);
        builder.HasIndex(r => new { r.SourceId, r.At });
        builder.HasIndex(r => r.At);
        builder.HasOne<Source>().WithMany().HasForeignKey(r => r.SourceId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<ProbeLocation> builder)
    {
        builder.ToTable("probe_locations");
        builder.HasKey(l => l.Name);
        builder.Property(l => l.Name).HasMaxLength(63);
        builder.HasOne<ApiToken>().WithMany().HasForeignKey(l => l.TokenId).OnDelete(DeleteBehavior.SetNull);
    }

    public void Configure(EntityTypeBuilder<AllowedAddress> builder)
    {
        builder.ToTable("allowed_addresses");
        builder.Property(a => a.Address).HasMaxLength(253);
        builder.Property(a => a.Reason).HasMaxLength(1000);
        builder.Property(a => a.AllowedBy).HasMaxLength(200);
        builder.HasIndex(a => a.Address).IsUnique();
    }
}
