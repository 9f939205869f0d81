using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SloPortal.Domain.Access;

namespace SloPortal.Data.Access;

internal sealed class NoticeConfiguration : IEntityTypeConfiguration<Notice>
{
    public void Configure(EntityTypeBuilder<Notice> builder)
    {
        builder.ToTable("notices");
        builder.Property(n => n.Text).HasMaxLength(Notice.LongestText);
        builder.Property(n => n.Address).HasMaxLength(500);
        builder.HasIndex(n => new { n.PersonId, n.CreatedAt });
        builder.HasIndex(n => n.MailDueAt).HasFilter("mail_due_at IS NOT NULL");
        builder.HasOne<Person>().WithMany().HasForeignKey(n => n.PersonId);
    }
}
