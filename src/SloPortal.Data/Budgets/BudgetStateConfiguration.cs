using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Objectives;

namespace SloPortal.Data.Budgets;

internal sealed class BudgetStateConfiguration : IEntityTypeConfiguration<BudgetState>
{
    public void Configure(EntityTypeBuilder<BudgetState> builder)
    {
        builder.ToTable("budget_states");
        builder.HasKey(s => s.ObjectiveId);
        builder.HasOne<Objective>().WithOne().HasForeignKey<BudgetState>(s => s.ObjectiveId);
    }
}

internal sealed class AlertRuleStateConfiguration : IEntityTypeConfiguration<AlertRuleState>
{
    public void Configure(EntityTypeBuilder<AlertRuleState> builder)
    {
        builder.ToTable("alert_rule_states");
        builder.HasKey(s => new { s.ObjectiveId, s.RuleIndex });
        builder.HasOne<Objective>().WithMany().HasForeignKey(s => s.ObjectiveId);
    }
}
