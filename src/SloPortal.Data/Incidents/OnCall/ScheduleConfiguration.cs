using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Data.Access;
using SloPortal.Data.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.OnCall;

namespace SloPortal.Data.Incidents.OnCall;

internal sealed class ScheduleConfiguration :
    IEntityTypeConfiguration<Schedule>, IEntityTypeConfiguration<ShiftSwap>, IEntityTypeConfiguration<ShiftOverride>
{
    public void Configure(EntityTypeBuilder<Schedule> builder)
    {
        builder.ToTable("schedules");
        builder.Property(s => s.Slug).HasMaxLength(Slug.MaxLength);
        builder.Property(s => s.Name).HasMaxLength(100);
        builder.Property(s => s.TimeZone).HasMaxLength(64);
        // One document: people write the layers as a whole, and nothing is looked for inside.
        builder.Property(s => s.Layers).HasJson();
        builder.Ignore(s => s.Plans);
        builder.Property(s => s.Version).IsRowVersion();
        builder.HasIndex(s => s.Slug).IsUnique();
        builder.HasIndex(s => s.TeamId);
        builder.HasOne<Team>().WithMany().HasForeignKey(s => s.TeamId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<ShiftSwap> builder)
    {
        builder.ToTable("shift_swaps");
        builder.Property(s => s.ByName).HasMaxLength(250);
        builder.Property(s => s.Reason).HasMaxLength(1000);
        builder.HasIndex(s => new { s.ScheduleId, s.LayerId, s.Index });
        builder.HasOne<Schedule>().WithMany().HasForeignKey(s => s.ScheduleId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Person>().WithMany().HasForeignKey(s => s.PersonId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Person>().WithMany().HasForeignKey(s => s.InsteadOf).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<ShiftOverride> builder)
    {
        builder.ToTable("shift_overrides");
        builder.Property(o => o.ByName).HasMaxLength(250);
        builder.Property(o => o.Reason).HasMaxLength(1000);
        builder.Ignore(o => o.Stretch);
        builder.HasIndex(o => new { o.ScheduleId, o.EndsAt });
        builder.HasOne<Schedule>().WithMany().HasForeignKey(o => o.ScheduleId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Person>().WithMany().HasForeignKey(o => o.PersonId).OnDelete(DeleteBehavior.Restrict);
    }
}
