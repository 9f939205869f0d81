using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Domain.Access;
using SloPortal.Domain.Measurement;

namespace SloPortal.Data.Measurement;

internal sealed class SourceConfiguration : IEntityTypeConfiguration<Source>
{
    public void Configure(EntityTypeBuilder<Source> builder)
    {
        builder.ToTable("sources");
        builder.Property(s => s.Name).HasMaxLength(100);
        builder.Property(s => s.Url).HasMaxLength(2000);
        builder.Property(s => s.Version).IsRowVersion();
        builder.HasIndex(s => new { s.TokenId, s.Kind }).IsUnique();
        builder.HasIndex(s => s.Name).IsUnique();
        builder.HasOne<ApiToken>().WithMany().HasForeignKey(s => s.TokenId);
    }
}
