using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Data.Access;
using SloPortal.Domain.Reviews.Archive;

namespace SloPortal.Data.Reviews;

internal sealed class ArchiveExportConfiguration : IEntityTypeConfiguration<ArchiveExport>, IEntityTypeConfiguration<ArchiveExportPart>
{
    public void Configure(EntityTypeBuilder<ArchiveExport> builder)
    {
        builder.ToTable("archive_exports");
        builder.Property(e => e.Problem).HasMaxLength(1000);
        builder.HasIndex(e => e.RequestedAt);
        builder.HasOne<Person>().WithMany().HasForeignKey(e => e.RequestedBy).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<ArchiveExportPart> builder)
    {
        builder.ToTable("archive_export_parts");
        builder.HasKey(p => new { p.ExportId, p.Number });
        builder.HasOne<ArchiveExport>().WithMany().HasForeignKey(p => p.ExportId);
    }
}
