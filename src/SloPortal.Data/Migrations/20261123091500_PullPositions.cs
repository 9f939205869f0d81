using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using SloPortal.Data.Common;

namespace SloPortal.Data.Migrations
{
    /// <summary>Changes no entity, so it has no model of its own.</summary>
    [DbContext(typeof(PortalDbContext))]
    [Migration("20261123091500_PullPositions")]
    public partial class PullPositions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(SqlResource.Read("pull_positions"));

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("pull_positions");
    }
}
