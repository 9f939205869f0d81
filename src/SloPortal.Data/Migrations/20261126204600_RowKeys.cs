using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using SloPortal.Data.Common;

namespace SloPortal.Data.Migrations
{
    /// <summary>Changes no entity, so it has no model of its own.</summary>
    [DbContext(typeof(PortalDbContext))]
    [Migration("20261126204600_RowKeys")]
    public partial class RowKeys : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(SqlResource.Read("row_keys"));

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("row_keys");
    }
}
