using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Data.Access;
using SloPortal.Data.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Incidents.Escalation;
using SloPortal.Domain.Incidents.Escalation.Quiet;

namespace SloPortal.Data.Incidents.Escalation;

internal sealed class EscalationPolicyConfiguration : IEntityTypeConfiguration<EscalationPolicy>
{
    public void Configure(EntityTypeBuilder<EscalationPolicy> builder)
    {
        builder.ToTable("escalation_policies");
        builder.Property(p => p.Name).HasMaxLength(100);
        builder.Property(p => p.Levels).HasJson();
        builder.Property(p => p.Version).IsRowVersion();
        builder.HasIndex(p => new { p.TeamId, p.Name }).IsUnique().HasFilter("archived_at IS NULL");
        builder.HasOne<Team>().WithMany().HasForeignKey(p => p.TeamId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class PagingRulesConfiguration : IEntityTypeConfiguration<PagingRules>
{
    public void Configure(EntityTypeBuilder<PagingRules> builder)
    {
        builder.ToTable("paging_rules");
        builder.HasKey(r => r.TeamId);
        builder.Property(r => r.Rules).HasJson();
        builder.Property(r => r.Version).IsRowVersion();
        builder.HasOne<Team>().WithOne().HasForeignKey<PagingRules>(r => r.TeamId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class PagingRulesVersionConfiguration : IEntityTypeConfiguration<PagingRulesVersion>
{
    public void Configure(EntityTypeBuilder<PagingRulesVersion> builder)
    {
        builder.ToTable("paging_rule_versions");
        builder.Property(v => v.Rules).HasJson();
        builder.Property(v => v.From).HasColumnName("valid_from");
        builder.Property(v => v.ByName).HasMaxLength(250);
        builder.HasIndex(v => new { v.TeamId, v.From });
        builder.HasOne<Team>().WithMany().HasForeignKey(v => v.TeamId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class PageConfiguration : IEntityTypeConfiguration<Page>
{
    public void Configure(EntityTypeBuilder<Page> builder)
    {
        builder.ToTable("pages");
        builder.Property(p => p.Number).UseIdentityAlwaysColumn();
        builder.Property(p => p.GroupKey).HasMaxLength(2000);
        builder.Property(p => p.Title).HasMaxLength(Page.MaxTitle);
        builder.Property(p => p.PolicyName).HasMaxLength(100);
        builder.Property(p => p.Levels).HasJson();
        builder.Property(p => p.CalledFirst).HasJson();
        builder.Property(p => p.Reason).HasMaxLength(2000);
        builder.Property(p => p.AcknowledgedByName).HasMaxLength(250);
        builder.Property(p => p.ResolvedBecause).HasMaxLength(1000);
        builder.Property(p => p.Version).IsRowVersion();
        builder.HasIndex(p => p.Number).IsUnique();
        builder.HasIndex(p => p.OpenedAt);
        // Signals that belong together share a page, whoever is first.
        builder.HasIndex(p => new { p.TeamId, p.GroupKey }).IsUnique().HasFilter("state <> 'Resolved'").HasDatabaseName("ix_pages_one_unresolved_per_group");
        builder.HasIndex(p => p.NextStepAt).HasFilter("next_step_at IS NOT NULL");
        builder.HasOne<Team>().WithMany().HasForeignKey(p => p.TeamId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Service>().WithMany().HasForeignKey(p => p.ServiceId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<EscalationPolicy>().WithMany().HasForeignKey(p => p.PolicyId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class PageMessageConfiguration : IEntityTypeConfiguration<PageMessage>
{
    public void Configure(EntityTypeBuilder<PageMessage> builder)
    {
        builder.ToTable("page_messages");
        builder.Property(m => m.LastError).HasMaxLength(2000);
        builder.HasIndex(m => new { m.PageId, m.Round, m.Level, m.PersonId, m.Channel, m.ContactId }).IsUnique().AreNullsDistinct(false);
        builder.HasIndex(m => m.NextAttemptAt).HasFilter("state = 'Waiting'");
        builder.HasIndex(m => new { m.PersonId, m.SentAt });
        builder.HasOne<Page>().WithMany().HasForeignKey(m => m.PageId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Person>().WithMany().HasForeignKey(m => m.PersonId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<ContactMethod>().WithMany().HasForeignKey(m => m.ContactId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class PageEventConfiguration : IEntityTypeConfiguration<PageEvent>
{
    public void Configure(EntityTypeBuilder<PageEvent> builder)
    {
        builder.ToTable("page_events");
        builder.Property(e => e.Sentence).HasMaxLength(2000);
        builder.HasIndex(e => new { e.PageId, e.Id });
        builder.HasOne<Page>().WithMany().HasForeignKey(e => e.PageId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ContactMethodConfiguration : IEntityTypeConfiguration<ContactMethod>
{
    public void Configure(EntityTypeBuilder<ContactMethod> builder)
    {
        builder.ToTable("contact_methods");
        builder.Property(c => c.Hint).HasMaxLength(300);
        builder.Property(c => c.LastError).HasMaxLength(2000);
        builder.HasIndex(c => c.PersonId).HasFilter("removed_at IS NULL");
        builder.HasOne<Person>().WithMany().HasForeignKey(c => c.PersonId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class SilenceConfiguration : IEntityTypeConfiguration<Silence>
{
    public void Configure(EntityTypeBuilder<Silence> builder)
    {
        builder.ToTable("silences");
        builder.Property(s => s.Conditions).HasJson();
        builder.Property(s => s.Reason).HasMaxLength(Silence.MaxReason);
        builder.Property(s => s.PlannedByName).HasMaxLength(250);
        builder.Property(s => s.EndedByName).HasMaxLength(250);
        builder.Property(s => s.Version).IsRowVersion();
        builder.HasIndex(s => new { s.TeamId, s.EndsAt });
        builder.HasIndex(s => s.TellAt).HasFilter("tell_at IS NOT NULL");
        builder.HasOne<Team>().WithMany().HasForeignKey(s => s.TeamId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Service>().WithMany().HasForeignKey(s => s.ServiceId).OnDelete(DeleteBehavior.Restrict);
    }
}
