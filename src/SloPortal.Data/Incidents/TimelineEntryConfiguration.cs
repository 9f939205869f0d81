using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Data.Incidents;

internal sealed class TimelineEntryConfiguration : IEntityTypeConfiguration<TimelineEntry>
{
    public void Configure(EntityTypeBuilder<TimelineEntry> builder)
    {
        builder.ToTable("timeline_entries");
        builder.Property(e => e.AuthorName).HasMaxLength(250);
        builder.Property(e => e.Source).HasMaxLength(100);
        builder.Property(e => e.ClientKey).HasMaxLength(200);
        // text and not jsonb: the chain hashes it to the letter.
        builder.Property(e => e.Details).HasColumnType("text");
        builder.HasIndex(e => new { e.IncidentId, e.Number }).IsUnique();
        builder.HasIndex(e => new { e.IncidentId, e.ClientKey }).IsUnique();
        builder.HasIndex(e => new { e.IncidentId, e.OccurredAt });
        builder.HasOne<Incident>().WithMany().HasForeignKey(e => e.IncidentId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<TimelineEntry>().WithMany().HasForeignKey(e => e.SupersedesId).OnDelete(DeleteBehavior.Restrict);
    }
}
