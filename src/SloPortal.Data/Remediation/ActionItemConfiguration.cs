using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Data.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Remediation;
using SloPortal.Domain.Reviews.Writing;

namespace SloPortal.Data.Remediation;

internal sealed class ActionItemConfiguration : IEntityTypeConfiguration<ActionItem>
{
    public void Configure(EntityTypeBuilder<ActionItem> builder)
    {
        builder.ToTable("actions");
        builder.Property(a => a.Number).UseIdentityAlwaysColumn();
        builder.Property(a => a.Title).HasMaxLength(200);
        builder.Property(a => a.Description).HasMaxLength(4000);
        builder.Property(a => a.ProofUrl).HasMaxLength(2000);
        builder.Property(a => a.Outcome).HasMaxLength(4000);
        builder.Property(a => a.Version).IsRowVersion();
        builder.HasIndex(a => a.Number).IsUnique();
        builder.HasIndex(a => new { a.OwnerTeamId, a.State, a.DueOn });
        builder.HasIndex(a => new { a.State, a.DueOn });
        builder.HasOne<Team>().WithMany().HasForeignKey(a => a.OwnerTeamId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Person>().WithMany().HasForeignKey(a => a.AssigneeId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Incident>().WithMany().HasForeignKey(a => a.IncidentId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Postmortem>().WithMany().HasForeignKey(a => a.PostmortemId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Service>().WithMany().HasForeignKey(a => a.ServiceId).OnDelete(DeleteBehavior.Restrict);
    }
}
