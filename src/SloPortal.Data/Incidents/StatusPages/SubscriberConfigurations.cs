using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Domain.Incidents.StatusPages;
using SloPortal.Domain.Incidents.Updates;

namespace SloPortal.Data.Incidents.StatusPages;

internal sealed class SubscriberConfigurations : IEntityTypeConfiguration<StatusSubscriber>, IEntityTypeConfiguration<SubscriberMail>
{
    public void Configure(EntityTypeBuilder<StatusSubscriber> builder)
    {
        builder.ToTable("status_subscribers");
        builder.Property(s => s.Address).HasMaxLength(StatusSubscriber.LongestAddress);
        builder.Ignore(s => s.Hint);
        builder.Ignore(s => s.ConfirmBy);
        // The address first, since how often it was asked counts over all pages.
        builder.HasIndex(s => new { s.Address, s.StatusPageId }).IsUnique();
        builder.HasIndex(s => s.StatusPageId);
        builder.HasOne<StatusPage>().WithMany().HasForeignKey(s => s.StatusPageId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<SubscriberMail> builder)
    {
        builder.ToTable("subscriber_mails");
        // Questions have no update, and there may be several in time.
        builder.HasIndex(m => new { m.SubscriberId, m.UpdateId }).IsUnique();
        builder.HasIndex(m => m.UpdateId);
        builder.HasIndex(m => m.NextAttemptAt).HasFilter("state = 'Waiting'");
        builder.HasOne<StatusSubscriber>().WithMany().HasForeignKey(m => m.SubscriberId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<IncidentUpdate>().WithMany().HasForeignKey(m => m.UpdateId).OnDelete(DeleteBehavior.Restrict);
    }
}
