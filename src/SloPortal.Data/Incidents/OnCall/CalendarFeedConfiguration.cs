using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Data.Access;
using SloPortal.Domain.Incidents.OnCall;

namespace SloPortal.Data.Incidents.OnCall;

internal sealed class CalendarFeedConfiguration : IEntityTypeConfiguration<CalendarFeed>
{
    public void Configure(EntityTypeBuilder<CalendarFeed> builder)
    {
        builder.ToTable("calendar_feeds");
        builder.HasIndex(f => f.SecretHash).IsUnique();
        // A new address ends the old one.
        builder.HasIndex(f => new { f.PersonId, f.ScheduleId }).IsUnique().AreNullsDistinct(false).HasFilter("revoked_at IS NULL").HasDatabaseName("ix_calendar_feeds_one_in_use");
        builder.HasOne<Person>().WithMany().HasForeignKey(f => f.PersonId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Schedule>().WithMany().HasForeignKey(f => f.ScheduleId).OnDelete(DeleteBehavior.Cascade);
    }
}
