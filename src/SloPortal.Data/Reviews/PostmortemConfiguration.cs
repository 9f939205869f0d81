using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Reviews.Writing;

namespace SloPortal.Data.Reviews;

internal sealed class PostmortemConfiguration : IEntityTypeConfiguration<Postmortem>
{
    public void Configure(EntityTypeBuilder<Postmortem> builder)
    {
        builder.ToTable("postmortems");
        builder.Property(p => p.Number).UseIdentityAlwaysColumn();
        builder.Property(p => p.Title).HasMaxLength(200);
        builder.Property(p => p.Summary).HasMaxLength(4000);
        builder.Property(p => p.Origin).HasMaxLength(2000);
        builder.Property(p => p.Version).IsRowVersion();
        builder.HasIndex(p => p.Number).IsUnique();
        builder.HasIndex(p => p.IncidentId).IsUnique();
        builder.HasIndex(p => p.PublishedAt);
        builder.HasOne<Incident>().WithMany().HasForeignKey(p => p.IncidentId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(p => p.Services).WithOne().HasForeignKey(s => s.PostmortemId);
        builder.HasMany(p => p.Factors).WithOne().HasForeignKey(f => f.PostmortemId);
    }
}

internal sealed class PostmortemPartsConfiguration :
    IEntityTypeConfiguration<PostmortemService>,
    IEntityTypeConfiguration<PostmortemFactor>,
    IEntityTypeConfiguration<PostmortemRevision>,
    IEntityTypeConfiguration<PostmortemComment>
{
    public void Configure(EntityTypeBuilder<PostmortemService> builder)
    {
        builder.ToTable("postmortem_services");
        builder.HasKey(s => new { s.PostmortemId, s.ServiceId });
        builder.HasIndex(s => s.ServiceId);
        builder.HasOne<Service>().WithMany().HasForeignKey(s => s.ServiceId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<PostmortemFactor> builder)
    {
        builder.ToTable("postmortem_factors");
        builder.HasKey(f => new { f.PostmortemId, f.Factor });
        builder.Property(f => f.Factor).HasMaxLength(100);
        builder.Property(f => f.Note).HasMaxLength(2000);
        builder.HasIndex(f => f.Factor);
    }

    public void Configure(EntityTypeBuilder<PostmortemRevision> builder)
    {
        builder.ToTable("postmortem_revisions");
        builder.HasKey(r => new { r.PostmortemId, r.Number });
        builder.Property(r => r.AuthorName).HasMaxLength(250);
        builder.Ignore(r => r.Text);
        builder.HasOne<Postmortem>().WithMany().HasForeignKey(r => r.PostmortemId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<PostmortemComment> builder)
    {
        builder.ToTable("postmortem_comments");
        builder.Property(c => c.Body).HasMaxLength(4000);
        builder.Property(c => c.Quote).HasMaxLength(1000);
        builder.Property(c => c.AuthorName).HasMaxLength(250);
        builder.Property(c => c.SettledByName).HasMaxLength(250);
        builder.HasIndex(c => new { c.PostmortemId, c.WrittenAt });
        builder.HasOne<Postmortem>().WithMany().HasForeignKey(c => c.PostmortemId).OnDelete(DeleteBehavior.Restrict);
    }
}
