using Microsoft.EntityFrameworkCore.Migrations;
using SloPortal.Data.Common;

#nullable disable

namespace SloPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class BudgetingMethods : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "method",
                table: "proposals",
                type: "character varying(100)",
                maxLength: 100,
                nullable: false,
                defaultValue: "occurrences");

            migrationBuilder.AddColumn<int>(
                name: "counts_id",
                table: "objective_versions",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "method",
                table: "objective_versions",
                type: "character varying(100)",
                maxLength: 100,
                nullable: false,
                defaultValue: "occurrences");

            migrationBuilder.Sql(SqlResource.Read("derived_counts"));
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            throw new NotSupportedException("Migrations go forward only: restore the backup that was made before.");
        }
    }
}
