using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Data.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.Domain.Incidents.Escalation.Quiet;

namespace SloPortal.Data.Incidents.Detection.Intake;

internal sealed class SignalConfiguration : IEntityTypeConfiguration<Signal>
{
    public void Configure(EntityTypeBuilder<Signal> builder)
    {
        builder.ToTable("signals");
        builder.Property(s => s.Title).HasMaxLength(Signal.MostTitle);
        builder.Property(s => s.DedupKey).HasMaxLength(Signal.MostKey);
        builder.Property(s => s.Description).HasMaxLength(Signal.MostDescription);
        builder.Property(s => s.Link).HasMaxLength(2000);
        builder.Property(s => s.Labels).HasJson();
        // Of two portals that hear the same at once, one opens the episode. What has no source (a report, a burn alert) is one source here.
        builder.HasIndex(s => new { s.SourceId, s.DedupKey }).IsUnique().AreNullsDistinct(false).HasFilter("state <> 'Resolved'").HasDatabaseName("ix_signals_one_open");
        // The last episode of a key, against which late copies are held.
        builder.HasIndex(s => new { s.SourceId, s.DedupKey, s.EndedAt }).HasFilter("state = 'Resolved'").HasDatabaseName("ix_signals_ended");
        builder.HasIndex(s => new { s.LastReceivedAt, s.Id }).HasDatabaseName("ix_signals_newest");
        builder.HasIndex(s => new { s.ServiceId, s.LastReceivedAt });
        builder.HasIndex(s => s.PageId).HasFilter("page_id IS NOT NULL");
        builder.HasIndex(s => s.ExpiresAt).HasFilter("state <> 'Resolved'");
        builder.Property(s => s.HeldGroup).HasMaxLength(2000);
        // What waits is little, however many there are; it is looked at every second.
        builder.HasIndex(s => s.HeldAs).HasFilter("held_as IS NOT NULL").HasDatabaseName("ix_signals_held");
        builder.HasIndex(s => new { s.TeamId, s.FirstReceivedAt }).HasFilter("held_group IS NOT NULL").HasDatabaseName("ix_signals_held_groups");
        builder.HasIndex(s => s.SilenceId).HasFilter("silence_id IS NOT NULL");
        builder.HasIndex(s => s.TeamId);
        // Reports of people are few among the signals, and are counted by the quarter of an hour.
        builder.HasIndex(s => new { s.FirstReceivedAt, s.ServiceId }).HasFilter("origin = 'Report'").HasDatabaseName("ix_signals_reports");
        builder.HasOne<Silence>().WithMany().HasForeignKey(s => s.SilenceId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<SignalSource>().WithMany().HasForeignKey(s => s.SourceId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Service>().WithMany().HasForeignKey(s => s.ServiceId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Team>().WithMany().HasForeignKey(s => s.TeamId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class SignalEventConfiguration : IEntityTypeConfiguration<SignalEvent>
{
    public void Configure(EntityTypeBuilder<SignalEvent> builder)
    {
        builder.ToTable("signal_events");
        builder.Property(e => e.Id).UseIdentityAlwaysColumn();
        builder.Property(e => e.Note).HasMaxLength(1000);
        builder.Property(e => e.Reason).HasMaxLength(1000);
        builder.Property(e => e.Labels).HasJson();
        builder.HasIndex(e => new { e.SignalId, e.Id });
        // What waits for its decision is little, however long the ledger.
        builder.HasIndex(e => e.Id).HasFilter("decided_at IS NULL").HasDatabaseName("ix_signal_events_undecided");
        builder.HasIndex(e => e.PageId).HasFilter("page_id IS NOT NULL");
        builder.HasIndex(e => e.SilenceId).HasFilter("silence_id IS NOT NULL");
        builder.HasOne<Silence>().WithMany().HasForeignKey(e => e.SilenceId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Signal>().WithMany().HasForeignKey(e => e.SignalId).OnDelete(DeleteBehavior.Cascade);
    }
}
