using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Data.Common;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Budgets.Tuning;
using SloPortal.Domain.Objectives;

namespace SloPortal.Data.Budgets;

internal sealed class AlertLabelConfiguration : IEntityTypeConfiguration<AlertLabel>
{
    public void Configure(EntityTypeBuilder<AlertLabel> builder)
    {
        builder.ToTable("alert_labels");
        builder.Property(l => l.Reason).HasMaxLength(1000);
        builder.Property(l => l.MarkedByName).HasMaxLength(200);
        builder.Ignore(l => l.Known);
        builder.HasIndex(l => new { l.ObjectiveId, l.From });
        builder.HasOne<Objective>().WithMany().HasForeignKey(l => l.ObjectiveId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class PolicyBackTestConfiguration : IEntityTypeConfiguration<PolicyBackTest>
{
    public void Configure(EntityTypeBuilder<PolicyBackTest> builder)
    {
        builder.ToTable("policy_back_tests");
        builder.Property(t => t.RulesHash).HasMaxLength(64);
        builder.Property(t => t.Zone).HasMaxLength(60);
        builder.Property(t => t.RanByName).HasMaxLength(200);
        builder.Property(t => t.Figures).HasJson();
        builder.HasIndex(t => new { t.PolicyId, t.RanAt });
        builder.HasOne<StoredAlertPolicy>().WithMany().HasForeignKey(t => t.PolicyId).OnDelete(DeleteBehavior.Restrict);
    }
}
