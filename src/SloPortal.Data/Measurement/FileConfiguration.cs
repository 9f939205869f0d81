using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Data.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Files;

namespace SloPortal.Data.Measurement;

internal sealed class FileConfiguration :
    IEntityTypeConfiguration<FileFeed>, IEntityTypeConfiguration<FileRun>, IEntityTypeConfiguration<FileRunPart>, IEntityTypeConfiguration<RefusedRow>,
    IEntityTypeConfiguration<SqlFeed>, IEntityTypeConfiguration<StatsdRule>
{
    public void Configure(EntityTypeBuilder<FileFeed> builder)
    {
        builder.ToTable("file_feeds");
        builder.HasKey(f => f.SourceId);
        builder.Property(f => f.SourceId).ValueGeneratedNever();
        builder.Property(f => f.Mapping).HasJson();
        builder.Property(f => f.Folder).HasMaxLength(1000);
        builder.HasOne<Source>().WithOne().HasForeignKey<FileFeed>(f => f.SourceId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Sli>().WithMany().HasForeignKey(f => f.SliId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<FileRun> builder)
    {
        builder.ToTable("file_runs");
        builder.Property(r => r.Name).HasMaxLength(300);
        builder.Property(r => r.StartedByName).HasMaxLength(200);
        builder.Property(r => r.Path).HasMaxLength(2000);
        builder.Property(r => r.Problem).HasMaxLength(1000);
        builder.Property(r => r.Mapping!).HasJson();
        builder.HasIndex(r => new { r.SourceId, r.CreatedAt });
        builder.HasIndex(r => r.CreatedAt);
        builder.HasOne<Source>().WithMany().HasForeignKey(r => r.SourceId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Sli>().WithMany().HasForeignKey(r => r.SliId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<FileRunPart> builder)
    {
        builder.ToTable("file_run_parts");
        builder.HasKey(p => new { p.RunId, p.Number });
        builder.HasOne<FileRun>().WithMany().HasForeignKey(p => p.RunId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<RefusedRow> builder)
    {
        builder.ToTable("refused_rows");
        builder.HasKey(r => new { r.RunId, r.Line });
        builder.HasOne<FileRun>().WithMany().HasForeignKey(r => r.RunId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<SqlFeed> builder)
    {
        builder.ToTable("sql_feeds");
        builder.HasKey(f => f.SourceId);
        builder.Property(f => f.SourceId).ValueGeneratedNever();
        builder.Property(f => f.Statement).HasMaxLength(10_000);
        builder.HasOne<Source>().WithOne().HasForeignKey<SqlFeed>(f => f.SourceId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Sli>().WithMany().HasForeignKey(f => f.SliId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<StatsdRule> builder)
    {
        builder.ToTable("statsd_rules");
        builder.Property(r => r.Metric).HasMaxLength(200);
        builder.HasIndex(r => new { r.Metric, r.SliId, r.Role }).IsUnique();
        builder.HasOne<Sli>().WithMany().HasForeignKey(r => r.SliId).OnDelete(DeleteBehavior.Restrict);
    }
}
