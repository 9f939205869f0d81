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
        // Each arrival moves the row, and with it xmin; so what people edit is compared itself.
        builder.Property(s => s.Name).IsConcurrencyToken();
        builder.Property(s => s.Url).IsConcurrencyToken();
        builder.Property(s => s.ProtectedAuthorization).IsConcurrencyToken();
        builder.Property(s => s.PullEvery).IsConcurrencyToken();
        builder.Property(s => s.PausedAt).IsConcurrencyToken();
        builder.HasIndex(s => new { s.TokenId, s.Kind }).IsUnique();
        builder.HasIndex(s => s.Name).IsUnique();
        builder.HasOne<ApiToken>().WithMany().HasForeignKey(s => s.TokenId);
    }
}
