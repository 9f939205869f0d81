using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Domain.Audit;

namespace SloPortal.Data.Audit;

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("audit_entries");
        builder.HasKey(e => e.Number);
        // The number is part of the hash, so it is given by the chain and not by a sequence that may leave gaps.
        builder.Property(e => e.Number).ValueGeneratedNever();
        builder.HasIndex(e => e.RecordedAt);
        builder.HasIndex(e => new { e.SubjectKind, e.SubjectId });
        builder.HasIndex(e => e.ActorId);
    }
}
