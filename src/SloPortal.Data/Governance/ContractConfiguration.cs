using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Data.Common;
using SloPortal.Data.Objectives;
using SloPortal.Domain.Governance;
using SloPortal.Domain.Measurement;

namespace SloPortal.Data.Governance;

internal sealed class ContractConfiguration : IEntityTypeConfiguration<Contract>
{
    public void Configure(EntityTypeBuilder<Contract> builder)
    {
        builder.ToTable("contracts");
        builder.Property(c => c.Id).UseIdentityAlwaysColumn();
        builder.Property(c => c.Customer).HasMaxLength(200);
        builder.Property(c => c.Reference).HasMaxLength(200);
        builder.Property(c => c.Target).AsPercent().HasColumnName("target_percent");
        builder.Property(c => c.Window).AsText();
        builder.Property(c => c.Method).AsText();
        builder.Property(c => c.Currency).HasMaxLength(3);
        builder.Property(c => c.PeriodFee).HasPrecision(18, 2);
        builder.Property(c => c.Tiers).HasJson();
        builder.Property(c => c.EndReason).HasMaxLength(4000);
        builder.Property(c => c.Version).IsRowVersion();
        builder.Ignore(c => c.Calendar);
        builder.Ignore(c => c.Term);
        builder.HasIndex(c => c.SliId);
        builder.HasOne<Sli>().WithMany().HasForeignKey(c => c.SliId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(c => c.Exclusions).WithOne().HasForeignKey(e => e.ContractId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ContractExclusionConfiguration : IEntityTypeConfiguration<ContractExclusion>
{
    public void Configure(EntityTypeBuilder<ContractExclusion> builder)
    {
        builder.ToTable("contract_exclusions");
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Property(e => e.Reason).HasMaxLength(4000);
        builder.Property(e => e.AddedByName).HasMaxLength(100);
        builder.Property(e => e.WithdrawnReason).HasMaxLength(4000);
        builder.Ignore(e => e.When);
    }
}
