using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Domain.Access;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Objectives;

namespace SloPortal.Data.Budgets;

internal sealed class AlertConfiguration : IEntityTypeConfiguration<Alert>
{
    public void Configure(EntityTypeBuilder<Alert> builder)
    {
        builder.ToTable("alerts");
        builder.HasIndex(a => new { a.ObjectiveId, a.FiredAt });
        builder.HasIndex(a => a.FiredAt);
        // Two portals can never open the same alert twice.
        builder.HasIndex(a => new { a.ObjectiveId, a.RuleIndex }).IsUnique().HasFilter("resolved_at IS NULL").HasDatabaseName("ix_alerts_one_open_per_rule");
        builder.HasOne<Objective>().WithMany().HasForeignKey(a => a.ObjectiveId);
    }
}

internal sealed class NotificationTargetConfiguration : IEntityTypeConfiguration<NotificationTarget>
{
    public void Configure(EntityTypeBuilder<NotificationTarget> builder)
    {
        builder.ToTable("notification_targets");
        builder.Property(t => t.Address).HasMaxLength(2000);
        builder.HasOne<Team>().WithMany().HasForeignKey(t => t.TeamId);
    }
}

internal sealed class NotificationConfiguration : IEntityTypeConfiguration<Notification>
{
    public void Configure(EntityTypeBuilder<Notification> builder)
    {
        builder.ToTable("notifications");
        builder.HasIndex(n => new { n.AlertId, n.TargetId, n.Event }).IsUnique();
        builder.HasIndex(n => n.NextAttemptAt).HasFilter("state = 'Waiting'");
        builder.HasOne<Alert>().WithMany().HasForeignKey(n => n.AlertId);
        builder.HasOne<NotificationTarget>().WithMany().HasForeignKey(n => n.TargetId);
    }
}
