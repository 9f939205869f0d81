using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Data.Access;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Response.WarRooms;
using SloPortal.Domain.Objectives;

namespace SloPortal.Data.Incidents;

internal sealed class IncidentConfiguration : IEntityTypeConfiguration<Incident>
{
    public void Configure(EntityTypeBuilder<Incident> builder)
    {
        builder.ToTable("incidents");
        builder.Property(i => i.Number).UseIdentityAlwaysColumn();
        builder.Property(i => i.Title).HasMaxLength(200);
        builder.Property(i => i.Summary).HasMaxLength(4000);
        builder.Property(i => i.CallLink).HasMaxLength(WarRoomPlan.LongestLink);
        builder.Property(i => i.Version).IsRowVersion();
        builder.Ignore(i => i.HasWarRoom).Ignore(i => i.ServiceIds).Ignore(i => i.ObjectiveIds);
        builder.HasIndex(i => i.Number).IsUnique();
        builder.HasIndex(i => i.StartedAt);
        builder.HasIndex(i => i.MergedIntoId);
        builder.HasOne<Incident>().WithMany().HasForeignKey(i => i.MergedIntoId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(i => i.Services).WithOne().HasForeignKey(p => p.IncidentId);
        builder.HasMany(i => i.Objectives).WithOne().HasForeignKey(p => p.IncidentId);
        builder.HasMany(i => i.Alerts).WithOne().HasForeignKey(p => p.IncidentId);
        builder.HasMany(i => i.Roles).WithOne().HasForeignKey(p => p.IncidentId);
        builder.HasMany(i => i.Readers).WithOne().HasForeignKey(p => p.IncidentId);
    }
}

internal sealed class IncidentPartsConfiguration :
    IEntityTypeConfiguration<IncidentService>,
    IEntityTypeConfiguration<IncidentObjective>,
    IEntityTypeConfiguration<IncidentAlert>,
    IEntityTypeConfiguration<IncidentReader>,
    IEntityTypeConfiguration<RoleHolder>,
    IEntityTypeConfiguration<SeverityLevel>
{
    public void Configure(EntityTypeBuilder<IncidentService> builder)
    {
        builder.ToTable("incident_services");
        builder.HasKey(p => new { p.IncidentId, p.ServiceId });
        builder.HasIndex(p => p.ServiceId);
        builder.HasOne<Service>().WithMany().HasForeignKey(p => p.ServiceId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<IncidentObjective> builder)
    {
        builder.ToTable("incident_objectives");
        builder.HasKey(p => new { p.IncidentId, p.ObjectiveId });
        builder.HasIndex(p => p.ObjectiveId);
        builder.HasOne<Objective>().WithMany().HasForeignKey(p => p.ObjectiveId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<IncidentAlert> builder)
    {
        builder.ToTable("incident_alerts");
        builder.HasKey(p => new { p.IncidentId, p.AlertId });
        builder.HasIndex(p => p.AlertId);
        builder.HasOne<Alert>().WithMany().HasForeignKey(p => p.AlertId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<IncidentReader> builder)
    {
        builder.ToTable("incident_readers");
        builder.HasKey(p => new { p.IncidentId, p.PersonId });
        builder.HasOne<Person>().WithMany().HasForeignKey(p => p.PersonId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<RoleHolder> builder)
    {
        builder.ToTable("incident_roles");
        builder.HasKey(p => new { p.IncidentId, p.Role });
        builder.HasIndex(p => p.PersonId);
        builder.HasOne<Person>().WithMany().HasForeignKey(p => p.PersonId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<SeverityLevel> builder)
    {
        builder.ToTable("severity_levels");
        builder.HasKey(l => l.Severity);
        builder.Property(l => l.Name).HasMaxLength(50);
        builder.Property(l => l.Criteria).HasMaxLength(1000);
        builder.Property(l => l.Source).HasMaxLength(1000);
        builder.Property(l => l.Version).IsRowVersion();
    }
}
