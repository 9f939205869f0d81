using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Cost;

namespace SloPortal.Data.Measurement;

internal sealed class SourceBudgetConfiguration : IEntityTypeConfiguration<SourceBudget>
{
    public void Configure(EntityTypeBuilder<SourceBudget> builder)
    {
        builder.ToTable("source_budgets");
        builder.HasKey(b => b.SourceId);
        builder.Property(b => b.SourceId).ValueGeneratedNever();
        builder.Property(b => b.SetBy).HasMaxLength(200);
        builder.Property(b => b.Version).IsRowVersion();
        builder.HasOne<Source>().WithOne().HasForeignKey<SourceBudget>(b => b.SourceId).OnDelete(DeleteBehavior.Cascade);
    }
}
