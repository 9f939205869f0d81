using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Data.Access;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Detection.Watching;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Objectives;

namespace SloPortal.Data.Incidents.Detection.Watching;

internal sealed class WatchConfigurations : IEntityTypeConfiguration<WatchItem>, IEntityTypeConfiguration<WatchNote>
{
    public void Configure(EntityTypeBuilder<WatchItem> builder)
    {
        builder.ToTable("watch_items");
        builder.Property(w => w.Id).ValueGeneratedNever();
        builder.Property(w => w.SubjectKey).HasMaxLength(100);
        builder.Property(w => w.Version).IsRowVersion();
        builder.Property(w => w.Title).HasMaxLength(WatchItem.LongestTitle);
        builder.Property(w => w.Reason).HasMaxLength(WatchItem.LongestReason);
        builder.Property(w => w.EndedByName).HasMaxLength(250);
        builder.Property(w => w.ClientKey).HasMaxLength(200);
        // Of two portals that find the same, one writes it.
        builder.HasIndex(w => w.SubjectKey).IsUnique().HasFilter("state = 'Watched' AND subject_key IS NOT NULL").HasDatabaseName("ix_watch_items_one_watched");
        // What became of it before, which a look asks.
        builder.HasIndex(w => new { w.SubjectKey, w.ExpiresAt }).HasFilter("subject_key IS NOT NULL").HasDatabaseName("ix_watch_items_subject");
        builder.HasIndex(w => w.ClientKey).IsUnique().HasFilter("client_key IS NOT NULL");
        builder.HasIndex(w => w.ExpiresAt).HasFilter("state = 'Watched'").HasDatabaseName("ix_watch_items_watched");
        builder.HasIndex(w => new { w.Since, w.Id });
        builder.HasIndex(w => w.ServiceId);
        builder.HasIndex(w => w.ObjectiveId).HasFilter("objective_id IS NOT NULL");
        builder.HasIndex(w => w.SliId).HasFilter("sli_id IS NOT NULL");
        builder.HasIndex(w => w.OwnerId).HasFilter("owner_id IS NOT NULL");
        builder.HasIndex(w => w.IncidentId).HasFilter("incident_id IS NOT NULL");
        builder.HasOne<Service>().WithMany().HasForeignKey(w => w.ServiceId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Objective>().WithMany().HasForeignKey(w => w.ObjectiveId).OnDelete(DeleteBehavior.Restrict);
        // Of the segment only the number is kept: retention removes segments, and the history of what was watched stays.
        builder.HasOne<Sli>().WithMany().HasForeignKey(w => w.SliId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Person>().WithMany().HasForeignKey(w => w.OwnerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Incident>().WithMany().HasForeignKey(w => w.IncidentId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<WatchNote> builder)
    {
        builder.ToTable("watch_notes");
        builder.Property(n => n.Id).UseIdentityAlwaysColumn();
        builder.Property(n => n.Said).HasMaxLength(2500);
        builder.Property(n => n.ByName).HasMaxLength(250);
        builder.Property(n => n.ClientKey).HasMaxLength(200);
        builder.HasIndex(n => new { n.ItemId, n.Id });
        builder.HasIndex(n => new { n.ItemId, n.ClientKey }).IsUnique().HasFilter("client_key IS NOT NULL");
        builder.HasOne<WatchItem>().WithMany(w => w.Notes).HasForeignKey(n => n.ItemId).OnDelete(DeleteBehavior.Restrict);
    }
}
