using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Domain.Access;
using SloPortal.Domain.Catalog.Journeys;
using SloPortal.Domain.Common;

namespace SloPortal.Data.Catalog;

internal sealed class JourneyConfiguration : IEntityTypeConfiguration<Journey>
{
    public void Configure(EntityTypeBuilder<Journey> builder)
    {
        builder.ToTable("journeys");
        builder.Property(j => j.Slug).HasMaxLength(Slug.MaxLength);
        builder.Property(j => j.Name).HasMaxLength(100);
        builder.Property(j => j.Steps).HasMaxLength(4000);
        builder.Property(j => j.Version).IsRowVersion();
        builder.HasIndex(j => j.Slug).IsUnique();
        builder.HasOne<Team>().WithMany().HasForeignKey(j => j.OwnerTeamId).OnDelete(DeleteBehavior.Restrict);
    }
}
