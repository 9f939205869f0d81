using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Domain.Access;

namespace SloPortal.Data.Access;

internal sealed class FreshSignInConfiguration : IEntityTypeConfiguration<FreshSignIn>
{
    public void Configure(EntityTypeBuilder<FreshSignIn> builder)
    {
        builder.ToTable("fresh_sign_ins");
        builder.HasKey(f => new { f.PersonId, f.Subject });
        builder.Property(f => f.Subject).HasMaxLength(100);
        builder.HasOne<Person>().WithMany().HasForeignKey(f => f.PersonId);
    }
}
