using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SloPortal.Data.Common;

/// <summary>When a background pass last ran on any portal of this database, and how that went.</summary>
public sealed class PassRun
{
    public required string Name { get; init; }
    public DateTimeOffset LastStartedAt { get; set; }
    public DateTimeOffset? LastSucceededAt { get; set; }
    public double LastSeconds { get; set; }
    public string? LastError { get; set; }
}

internal sealed class PassRunConfiguration : IEntityTypeConfiguration<PassRun>
{
    public void Configure(EntityTypeBuilder<PassRun> builder)
    {
        builder.ToTable("pass_runs");
        builder.HasKey(r => r.Name);
        builder.Property(r => r.Name).HasMaxLength(100);
    }
}
