using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Domain.Access;

namespace SloPortal.Data.Access;

internal sealed class InvitationConfiguration : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> builder)
    {
        builder.ToTable("invitations");
        builder.Property(i => i.Email).HasMaxLength(256);
        builder.PrimitiveCollection(i => i.Roles).ElementType().HasConversion<string>();
        builder.HasIndex(i => i.TokenHash).IsUnique();
    }
}
