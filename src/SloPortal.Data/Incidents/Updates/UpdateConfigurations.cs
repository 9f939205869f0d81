using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Data.Common;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.StatusPages;
using SloPortal.Domain.Incidents.Updates;

namespace SloPortal.Data.Incidents.Updates;

internal sealed class UpdateConfigurations : IEntityTypeConfiguration<IncidentUpdate>, IEntityTypeConfiguration<UpdateReminder>, IEntityTypeConfiguration<StatusPage>
{
    public void Configure(EntityTypeBuilder<IncidentUpdate> builder)
    {
        builder.ToTable("incident_updates");
        builder.Property(u => u.Title).HasMaxLength(UpdateText.LongestTitle);
        builder.Property(u => u.Body).HasMaxLength(UpdateText.LongestBody);
        builder.Property(u => u.Services).HasJson();
        builder.Property(u => u.AuthorName).HasMaxLength(250);
        builder.Property(u => u.DecidedByName).HasMaxLength(250);
        builder.Property(u => u.SentBackBecause).HasMaxLength(2000);
        builder.Ignore(u => u.Text);
        builder.Property(u => u.Version).IsRowVersion();
        builder.HasIndex(u => u.IncidentId);
        builder.HasIndex(u => u.PublishedAt).HasFilter("state = 'Published'");
        builder.HasOne<Incident>().WithMany().HasForeignKey(u => u.IncidentId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<UpdateReminder> builder)
    {
        builder.ToTable("incident_update_reminders");
        builder.HasKey(r => r.IncidentId);
        builder.HasOne<Incident>().WithOne().HasForeignKey<UpdateReminder>(r => r.IncidentId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<StatusPage> builder)
    {
        builder.ToTable("status_pages");
        builder.Property(p => p.Slug).HasMaxLength(Slug.MaxLength);
        builder.Property(p => p.Title).HasMaxLength(StatusPage.LongestTitle);
        builder.Property(p => p.Services).HasJson();
        builder.Property(p => p.Version).IsRowVersion();
        // An address that once was somebody's page is never another's.
        builder.HasIndex(p => p.Slug).IsUnique();
    }
}
