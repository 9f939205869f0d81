using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using SloPortal.Data.Common;

namespace SloPortal.Data.Migrations
{
    /// <summary>Changes no entity, so it has no model of its own: the column is read by SQL alone.</summary>
    [DbContext(typeof(PortalDbContext))]
    [Migration("20261126101500_ArchiveSearch")]
    public partial class ArchiveSearch : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(SqlResource.Read("archive_search"));

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex("ix_incidents_restricted", "incidents");
            migrationBuilder.DropIndex("ix_postmortems_happened_at", "postmortems");
            migrationBuilder.DropColumn("search", "postmortems");
        }
    }
}
