using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Data.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Response.Teams;
using SloPortal.Domain.Incidents.Response.WarRooms;

namespace SloPortal.Data.Incidents;

internal sealed class TeamConfigurations : IEntityTypeConfiguration<InvolvedTeam>, IEntityTypeConfiguration<HandOff>, IEntityTypeConfiguration<IncidentLink>
{
    public void Configure(EntityTypeBuilder<InvolvedTeam> builder)
    {
        builder.ToTable("incident_teams");
        builder.HasKey(t => new { t.IncidentId, t.TeamId });
        builder.Property(t => t.Part).HasMaxLength(InvolvedTeam.LongestPart);
        builder.Property(t => t.Note).HasMaxLength(InvolvedTeam.LongestNote);
        builder.Ignore(t => t.IsOver);
        builder.HasOne<Incident>().WithMany().HasForeignKey(t => t.IncidentId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Team>().WithMany().HasForeignKey(t => t.TeamId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Person>().WithMany().HasForeignKey(t => t.LeadId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<HandOff> builder)
    {
        builder.ToTable("incident_hand_offs");
        builder.Property(h => h.Id).ValueGeneratedNever();
        builder.Property(h => h.What).HasMaxLength(HandOff.LongestText);
        builder.Property(h => h.Reason).HasMaxLength(HandOff.LongestText);
        builder.Ignore(h => h.IsWithinTeam);
        builder.HasIndex(h => h.IncidentId);
        builder.HasIndex(h => h.NextStepAt).HasFilter("next_step_at IS NOT NULL");
        builder.HasOne<Incident>().WithMany().HasForeignKey(h => h.IncidentId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Team>().WithMany().HasForeignKey(h => h.FromTeamId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Team>().WithMany().HasForeignKey(h => h.ToTeamId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<IncidentTask>().WithMany().HasForeignKey(h => h.TaskId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<IncidentLink> builder)
    {
        builder.ToTable("incident_links");
        builder.HasKey(l => new { l.FirstId, l.SecondId });
        builder.HasIndex(l => l.SecondId);
        builder.HasOne<Incident>().WithMany().HasForeignKey(l => l.FirstId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Incident>().WithMany().HasForeignKey(l => l.SecondId).OnDelete(DeleteBehavior.Restrict);
    }
}
