using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Domain.Access;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Common;

namespace SloPortal.Data.Catalog;

internal sealed class ServiceConfiguration : IEntityTypeConfiguration<Service>
{
    public void Configure(EntityTypeBuilder<Service> builder)
    {
        builder.ToTable("services");
        builder.Property(s => s.Slug).HasMaxLength(Slug.MaxLength);
        builder.Property(s => s.Name).HasMaxLength(100);
        builder.Property(s => s.Description).HasMaxLength(4000);
        builder.Property(s => s.Version).IsRowVersion();
        builder.ComplexCollection(s => s.Links, links => links.ToJson("links"));
        builder.HasIndex(s => s.Slug).IsUnique();
        builder.HasOne<Team>().WithMany().HasForeignKey(s => s.OwnerTeamId).OnDelete(DeleteBehavior.Restrict);
    }
}
