using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Data.Common;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Catalog.Dependencies;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;

namespace SloPortal.Data.Measurement;

internal sealed class SliConfiguration : IEntityTypeConfiguration<Sli>
{
    public void Configure(EntityTypeBuilder<Sli> builder)
    {
        builder.ToTable("slis");
        builder.Property(s => s.Slug).HasMaxLength(Slug.MaxLength);
        builder.Property(s => s.Name).HasMaxLength(100);
        builder.Property(s => s.Description).HasMaxLength(4000);
        builder.Property(s => s.Definition).HasJson();
        builder.Property(s => s.Version).IsRowVersion();
        builder.HasIndex(s => new { s.ServiceId, s.Slug }).IsUnique();
        builder.HasOne<Service>().WithMany().HasForeignKey(s => s.ServiceId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany<Vendor>().WithOne().HasForeignKey(v => v.SliId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Source>().WithMany().HasForeignKey(s => s.SourceId).OnDelete(DeleteBehavior.Restrict);
    }
}
