using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Data.Common;
using SloPortal.Domain.Measurement;

namespace SloPortal.Data.Measurement;

internal sealed class BackfillConfiguration : IEntityTypeConfiguration<Backfill>
{
    public void Configure(EntityTypeBuilder<Backfill> builder)
    {
        builder.ToTable("backfills");
        builder.HasKey(b => b.SliId);
        builder.Property(b => b.SliId).ValueGeneratedNever();
        builder.Property(b => b.Series).HasJson();
        // Two portals that count the same window: the second finds it counted and takes its counts back.
        builder.Property(b => b.DoneUntil).IsConcurrencyToken();
        builder.HasOne<Sli>().WithOne().HasForeignKey<Backfill>(b => b.SliId).OnDelete(DeleteBehavior.Cascade);
    }
}
