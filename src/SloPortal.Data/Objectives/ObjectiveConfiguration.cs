using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;

namespace SloPortal.Data.Objectives;

internal sealed class ObjectiveConfiguration : IEntityTypeConfiguration<Objective>
{
    public void Configure(EntityTypeBuilder<Objective> builder)
    {
        builder.ToTable("objectives");
        builder.Property(o => o.Slug).HasMaxLength(Slug.MaxLength);
        builder.Property(o => o.Name).HasMaxLength(100);
        builder.Property(o => o.Description).HasMaxLength(4000);
        builder.Property(o => o.ManagedBy).HasMaxLength(500);
        builder.Property(o => o.Version).IsRowVersion();
        builder.HasIndex(o => new { o.ServiceId, o.Slug }).IsUnique();
        builder.HasOne<Service>().WithMany().HasForeignKey(o => o.ServiceId).OnDelete(DeleteBehavior.Restrict);
    }
}
