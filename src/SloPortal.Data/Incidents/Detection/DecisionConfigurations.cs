using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Data.Common;
using SloPortal.Domain.Incidents.Detection;
using SloPortal.Domain.Incidents.Detection.Deciding;

namespace SloPortal.Data.Incidents.Detection;

internal sealed class DecisionConfigurations : IEntityTypeConfiguration<DecisionPolicyVersion>, IEntityTypeConfiguration<ProposalRecommendation>
{
    public void Configure(EntityTypeBuilder<DecisionPolicyVersion> builder)
    {
        builder.ToTable("decision_policies");
        builder.HasKey(v => v.Number);
        builder.Property(v => v.Number).ValueGeneratedNever();
        builder.Property(v => v.Policy).HasJson();
        builder.Property(v => v.From).HasColumnName("valid_from");
        builder.Property(v => v.ByName).HasMaxLength(250);
        builder.Property(v => v.Note).HasMaxLength(2000);
        builder.Ignore(v => v.IsBuiltIn);
    }

    public void Configure(EntityTypeBuilder<ProposalRecommendation> builder)
    {
        builder.ToTable("proposal_recommendations");
        builder.HasKey(r => r.ProposalId);
        builder.Property(r => r.ProposalId).ValueGeneratedNever();
        builder.Property(r => r.Facts).HasJson();
        builder.Property(r => r.Reason).HasMaxLength(DecisionPolicy.LongestReason);
        builder.Ignore(r => r.Said);
        builder.HasIndex(r => r.MadeAt);
        builder.HasOne<IncidentProposal>().WithOne().HasForeignKey<ProposalRecommendation>(r => r.ProposalId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<DecisionPolicyVersion>().WithMany().HasForeignKey(r => r.PolicyNumber).OnDelete(DeleteBehavior.Restrict);
    }
}
