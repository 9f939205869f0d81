using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Data.Common;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Measurement.Classifying;

namespace SloPortal.Data.Measurement;

internal sealed class FailureRulesConfiguration : IEntityTypeConfiguration<FailureRules>
{
    public void Configure(EntityTypeBuilder<FailureRules> builder)
    {
        builder.ToTable("failure_rules");
        builder.HasKey(r => r.ServiceId);
        builder.Property(r => r.ServiceId).ValueGeneratedNever();
        builder.Property(r => r.Classification).HasJson();
        builder.Property(r => r.ChangedBy).HasMaxLength(200);
        builder.Property(r => r.Version).IsRowVersion();
        builder.HasOne<Service>().WithOne().HasForeignKey<FailureRules>(r => r.ServiceId).OnDelete(DeleteBehavior.Restrict);
    }
}
