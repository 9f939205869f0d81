using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using SloPortal.Data.Common;

namespace SloPortal.Data.Migrations
{
    /// <summary>Changes no entity, so it has no model of its own.</summary>
    [DbContext(typeof(PortalDbContext))]
    [Migration("20261126103000_AuditSearch")]
    public partial class AuditSearch : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(SqlResource.Read("audit_search"));

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            migrationBuilder.Sql("DROP INDEX IF EXISTS ix_audit_entries_text; DROP INDEX ix_audit_entries_subject_id");
    }
}
