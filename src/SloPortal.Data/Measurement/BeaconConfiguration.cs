using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Data.Common;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Beacons;

namespace SloPortal.Data.Measurement;

internal sealed class BeaconConfiguration : IEntityTypeConfiguration<Beacon>, IEntityTypeConfiguration<BeaconHour>
{
    public void Configure(EntityTypeBuilder<Beacon> builder)
    {
        builder.ToTable("beacons");
        builder.HasKey(b => b.SourceId);
        builder.Property(b => b.SourceId).ValueGeneratedNever();
        builder.Property(b => b.Key).HasMaxLength(40);
        builder.Property(b => b.Groups).HasJson();
        builder.Ignore(b => b.Weight);
        builder.HasIndex(b => b.Key).IsUnique();
        builder.HasOne<Source>().WithOne().HasForeignKey<Beacon>(b => b.SourceId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Service>().WithMany().HasForeignKey(b => b.ServiceId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Sli>().WithMany().HasForeignKey(b => b.LoadSliId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Sli>().WithMany().HasForeignKey(b => b.ViewSliId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<BeaconHour> builder)
    {
        builder.ToTable("beacon_hours");
        builder.HasKey(h => new { h.SourceId, h.Hour, h.PageGroup });
        builder.Property(h => h.PageGroup).HasMaxLength(100);
        builder.HasOne<Source>().WithMany().HasForeignKey(h => h.SourceId).OnDelete(DeleteBehavior.Cascade);
    }
}
