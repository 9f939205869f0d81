using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Data.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Incidents.OnCall;

namespace SloPortal.Data.Incidents.OnCall;

internal sealed class TeamHoursConfiguration : IEntityTypeConfiguration<StoredTeamHours>
{
    public void Configure(EntityTypeBuilder<StoredTeamHours> builder)
    {
        builder.ToTable("team_hours");
        builder.HasKey(h => h.TeamId);
        builder.Property(h => h.TeamId).ValueGeneratedNever();
        builder.Property(h => h.TimeZone).HasMaxLength(64);
        builder.Property(h => h.Week).HasJson();
        builder.Property(h => h.Holidays).HasJson();
        builder.Property(h => h.CalendarAddress).HasMaxLength(2000);
        builder.Property(h => h.CalendarProblem).HasMaxLength(1000);
        builder.Ignore(h => h.Hours);
        builder.Property(h => h.Version).IsRowVersion();
        builder.HasOne<Team>().WithOne().HasForeignKey<StoredTeamHours>(h => h.TeamId).OnDelete(DeleteBehavior.Cascade);
    }
}
