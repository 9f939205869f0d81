using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Domain.Catalog.Journeys;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Coverage;

namespace SloPortal.Data.Measurement;

internal sealed class JourneyCoverConfiguration : IEntityTypeConfiguration<JourneyCover>
{
    public void Configure(EntityTypeBuilder<JourneyCover> builder)
    {
        builder.ToTable("journey_covers");
        builder.HasKey(c => new { c.JourneyId, c.Failure, c.SliId });
        builder.HasOne<Journey>().WithMany().HasForeignKey(c => c.JourneyId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Sli>().WithMany().HasForeignKey(c => c.SliId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class AcceptedGapConfiguration : IEntityTypeConfiguration<AcceptedGap>
{
    public void Configure(EntityTypeBuilder<AcceptedGap> builder)
    {
        builder.ToTable("accepted_gaps");
        builder.Property(g => g.Reason).HasMaxLength(4000);
        builder.Property(g => g.SignedByName).HasMaxLength(200);
        builder.Property(g => g.EndedByName).HasMaxLength(200);
        builder.HasIndex(g => new { g.JourneyId, g.Failure }).IsUnique().HasFilter("ended_at IS NULL");
        builder.HasOne<Journey>().WithMany().HasForeignKey(g => g.JourneyId).OnDelete(DeleteBehavior.Restrict);
    }
}
