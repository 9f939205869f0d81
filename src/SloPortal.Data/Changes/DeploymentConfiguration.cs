using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Changes;

namespace SloPortal.Data.Changes;

internal sealed class DeploymentConfiguration : IEntityTypeConfiguration<Deployment>
{
    public void Configure(EntityTypeBuilder<Deployment> builder)
    {
        builder.ToTable("deployments");
        builder.Property(d => d.Version).HasMaxLength(200);
        builder.Property(d => d.Environment).HasMaxLength(100);
        builder.Property(d => d.RecordedBy).HasMaxLength(250);
        builder.Property(d => d.Url).HasMaxLength(2000);
        builder.Property(d => d.Description).HasMaxLength(4000);
        builder.Property(d => d.IdempotencyKey).HasMaxLength(200);
        builder.HasIndex(d => new { d.ServiceId, d.DeployedAt });
        builder.HasIndex(d => new { d.ServiceId, d.IdempotencyKey }).IsUnique();
        builder.HasOne<Service>().WithMany().HasForeignKey(d => d.ServiceId).OnDelete(DeleteBehavior.Restrict);
    }
}
