using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Domain.Access;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Incidents.Detection.Intake;

namespace SloPortal.Data.Incidents.Detection.Intake;

internal sealed class SignalSourceConfiguration : IEntityTypeConfiguration<SignalSource>
{
    public void Configure(EntityTypeBuilder<SignalSource> builder)
    {
        builder.ToTable("signal_sources");
        builder.Property(s => s.Name).HasMaxLength(100);
        builder.Property(s => s.ServiceLabel).HasMaxLength(100);
        builder.Property(s => s.KeyHint).HasMaxLength(16);
        builder.Property(s => s.Version).IsRowVersion();
        builder.Ignore(s => s.TellsDeployments);
        builder.HasIndex(s => s.KeyHash).IsUnique();
        builder.HasIndex(s => new { s.TeamId, s.Name }).IsUnique().HasFilter("removed_at IS NULL");
        builder.HasOne<Team>().WithMany().HasForeignKey(s => s.TeamId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Service>().WithMany().HasForeignKey(s => s.ServiceId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class SignalSourceHealthConfiguration : IEntityTypeConfiguration<SignalSourceHealth>
{
    public void Configure(EntityTypeBuilder<SignalSourceHealth> builder)
    {
        builder.ToTable("signal_source_health");
        builder.HasKey(h => h.SourceId);
        builder.Property(h => h.LastProblem).HasMaxLength(1000);
        builder.HasOne<SignalSource>().WithOne().HasForeignKey<SignalSourceHealth>(h => h.SourceId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class SignalDeliveryConfiguration : IEntityTypeConfiguration<SignalDelivery>
{
    public void Configure(EntityTypeBuilder<SignalDelivery> builder)
    {
        builder.ToTable("signal_deliveries");
        builder.HasKey(d => new { d.SourceId, d.Key });
        builder.HasIndex(d => d.ReceivedAt);
        builder.HasOne<SignalSource>().WithMany().HasForeignKey(d => d.SourceId).OnDelete(DeleteBehavior.Cascade);
    }
}
