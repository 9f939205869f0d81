using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Data.Common;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Runbooks;

namespace SloPortal.Data.Incidents;

internal sealed class RunbookConfigurations : IEntityTypeConfiguration<Runbook>, IEntityTypeConfiguration<StepRun>, IEntityTypeConfiguration<IncidentAutomation>
{
    public void Configure(EntityTypeBuilder<Runbook> builder)
    {
        builder.ToTable("runbooks");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Title).HasMaxLength(Runbook.LongestTitle);
        builder.Property(r => r.Steps).HasJson();
        builder.Property(r => r.ByName).HasMaxLength(250);
        builder.HasIndex(r => new { r.ServiceId, r.Number }).IsUnique();
        builder.HasOne<Service>().WithMany().HasForeignKey(r => r.ServiceId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<StepRun> builder)
    {
        builder.ToTable("runbook_runs");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.StepName).HasMaxLength(RunbookStep.LongestName);
        builder.Property(r => r.AskedByName).HasMaxLength(250);
        builder.Property(r => r.Because).HasMaxLength(2000);
        builder.Property(r => r.DecidedByName).HasMaxLength(250);
        builder.Property(r => r.DecidedBecause).HasMaxLength(2000);
        builder.Property(r => r.Answer).HasMaxLength(StepAnswer.LongestText);
        builder.Ignore(r => r.IsOver);
        builder.Ignore(r => r.People);
        // A step that reads is queued once for each round, whichever portals look.
        builder.HasIndex(r => new { r.IncidentId, r.Round, r.StepId }).IsUnique().HasFilter("round IS NOT NULL");
        builder.HasIndex(r => r.IncidentId);
        builder.HasIndex(r => r.AskedAt).HasFilter("state IN ('Waiting', 'Approved', 'Running')");
        builder.HasOne<Incident>().WithMany().HasForeignKey(r => r.IncidentId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Service>().WithMany().HasForeignKey(r => r.ServiceId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Runbook>().WithMany().HasForeignKey(r => r.RunbookId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<IncidentAutomation> builder)
    {
        builder.ToTable("incident_automations");
        builder.HasKey(a => a.IncidentId);
        builder.Property(a => a.Patterns).HasJson();
        builder.Property(a => a.SetAside).HasJson();
        builder.Property(a => a.ResumedByName).HasMaxLength(250);
        builder.Property(a => a.ResumedBecause).HasMaxLength(2000);
        builder.Ignore(a => a.IsStopped);
        builder.HasOne<Incident>().WithOne().HasForeignKey<IncidentAutomation>(a => a.IncidentId).OnDelete(DeleteBehavior.Restrict);
    }
}
