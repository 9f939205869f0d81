using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Data.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Catalog.Dependencies;
using SloPortal.Domain.Common;

namespace SloPortal.Data.Catalog;

internal sealed class VendorConfiguration : IEntityTypeConfiguration<Vendor>
{
    public void Configure(EntityTypeBuilder<Vendor> builder)
    {
        builder.ToTable("vendors");
        builder.Property(v => v.Slug).HasMaxLength(Slug.MaxLength);
        builder.Property(v => v.Name).HasMaxLength(100);
        builder.Property(v => v.Description).HasMaxLength(4000);
        builder.Property(v => v.Version).IsRowVersion();
        builder.HasIndex(v => v.Slug).IsUnique();
        builder.HasOne<Team>().WithMany().HasForeignKey(v => v.OwnerTeamId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class VendorOutageConfiguration : IEntityTypeConfiguration<VendorOutage>
{
    public void Configure(EntityTypeBuilder<VendorOutage> builder)
    {
        builder.ToTable("vendor_outages");
        builder.Property(o => o.Source).HasMaxLength(2000);
        builder.Property(o => o.Reason).HasMaxLength(4000);
        builder.Property(o => o.RecordedByName).HasMaxLength(200);
        builder.Property(o => o.WithdrawnReason).HasMaxLength(4000);
        builder.HasIndex(o => new { o.VendorId, o.StartedAt });
        builder.HasOne<Vendor>().WithMany().HasForeignKey(o => o.VendorId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<VendorOutage>().WithMany().HasForeignKey(o => o.Corrects).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class DependencyConfiguration : IEntityTypeConfiguration<Dependency>
{
    public void Configure(EntityTypeBuilder<Dependency> builder)
    {
        builder.ToTable("dependencies");
        builder.Property(d => d.Note).HasMaxLength(500);
        builder.Property(d => d.Version).IsRowVersion();
        builder.HasIndex(d => new { d.ServiceId, d.OnServiceId }).IsUnique();
        builder.HasIndex(d => new { d.ServiceId, d.OnVendorId }).IsUnique();
        builder.HasOne<Service>().WithMany().HasForeignKey(d => d.ServiceId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Service>().WithMany().HasForeignKey(d => d.OnServiceId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Vendor>().WithMany().HasForeignKey(d => d.OnVendorId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<RedundantGroup>().WithMany().HasForeignKey(d => d.GroupId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class RedundantGroupConfiguration : IEntityTypeConfiguration<RedundantGroup>
{
    public void Configure(EntityTypeBuilder<RedundantGroup> builder)
    {
        builder.ToTable("redundant_groups");
        builder.Property(g => g.Name).HasMaxLength(60);
        builder.HasIndex(g => new { g.ServiceId, g.Name }).IsUnique();
        builder.HasOne<Service>().WithMany().HasForeignKey(g => g.ServiceId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class DependencyRiskConfiguration : IEntityTypeConfiguration<DependencyRisk>
{
    public void Configure(EntityTypeBuilder<DependencyRisk> builder)
    {
        builder.ToTable("dependency_risks");
        builder.HasKey(r => r.DependencyId);
        builder.Property(r => r.Note).HasMaxLength(4000);
        builder.Property(r => r.Version).IsRowVersion();
        builder.HasOne<Dependency>().WithOne().HasForeignKey<DependencyRisk>(r => r.DependencyId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Person>().WithMany().HasForeignKey(r => r.OwnerId).OnDelete(DeleteBehavior.Restrict);
    }
}
