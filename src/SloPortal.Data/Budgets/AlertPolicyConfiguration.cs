using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Data.Common;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Budgets.Tuning;

namespace SloPortal.Data.Budgets;

internal sealed class AlertPolicyConfiguration : IEntityTypeConfiguration<StoredAlertPolicy>
{
    public void Configure(EntityTypeBuilder<StoredAlertPolicy> builder)
    {
        builder.ToTable("alert_policies");
        builder.Property(p => p.Name).HasMaxLength(100);
        builder.Property(p => p.Source).HasMaxLength(1000);
        builder.Property(p => p.Rules).HasJson();
        builder.Property(p => p.ChangedBy).HasMaxLength(200);
        builder.Property(p => p.Version).IsRowVersion();
        builder.Ignore(p => p.Policy);
        builder.HasOne<PolicyBackTest>().WithMany().HasForeignKey(p => p.BackTestId).OnDelete(DeleteBehavior.Restrict);
    }
}
