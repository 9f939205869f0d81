using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Segments;

namespace SloPortal.Data.Measurement;

internal sealed class SliSplitConfiguration : IEntityTypeConfiguration<SliSplit>
{
    public void Configure(EntityTypeBuilder<SliSplit> builder)
    {
        builder.ToTable("sli_splits");
        builder.HasIndex(s => s.SliId).IsUnique().HasFilter("ended_at IS NULL").HasDatabaseName("ix_sli_splits_present");
        builder.HasOne<Sli>().WithMany().HasForeignKey(s => s.SliId).OnDelete(DeleteBehavior.Restrict);
    }
}

/// <summary>Written by the measuring path. Values have no index of their own: they may be longer than one takes, and only the writer looks for them, in memory.</summary>
internal sealed class SliSegmentConfiguration : IEntityTypeConfiguration<SliSegment>
{
    public void Configure(EntityTypeBuilder<SliSegment> builder)
    {
        builder.ToTable("sli_segments");
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.HasIndex(s => s.Seq);
        builder.HasOne<SliSplit>().WithMany().HasForeignKey(s => s.SplitId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Sli>().WithMany().HasForeignKey(s => s.SliId).OnDelete(DeleteBehavior.Restrict);
    }
}
