using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Detection;
using SloPortal.Domain.Objectives;

namespace SloPortal.Data.Incidents;

internal sealed class IncidentProposalConfiguration : IEntityTypeConfiguration<IncidentProposal>
{
    public void Configure(EntityTypeBuilder<IncidentProposal> builder)
    {
        builder.ToTable("incident_proposals");
        builder.Property(p => p.Reason).HasMaxLength(4000);
        builder.Property(p => p.DecidedByName).HasMaxLength(250);
        builder.Property(p => p.Version).IsRowVersion();
        builder.HasIndex(p => p.AlertId).IsUnique();
        // Two portals can never propose the same twice.
        builder.HasIndex(p => p.ObjectiveId).IsUnique().HasFilter("state = 'Waiting'").HasDatabaseName("ix_incident_proposals_one_waiting");
        builder.HasIndex(p => p.ProposedAt);
        builder.HasOne<Objective>().WithMany().HasForeignKey(p => p.ObjectiveId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Alert>().WithMany().HasForeignKey(p => p.AlertId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Incident>().WithMany().HasForeignKey(p => p.IncidentId).OnDelete(DeleteBehavior.Restrict);
    }
}
