using System;
using Microsoft.EntityFrameworkCore.Migrations;
using SloPortal.Data.Common;

#nullable disable

namespace SloPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class SourceBudgets : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "source_budgets",
                columns: table => new
                {
                    source_id = table.Column<int>(type: "integer", nullable: false),
                    max_series = table.Column<int>(type: "integer", nullable: true),
                    max_samples_per_second = table.Column<int>(type: "integer", nullable: true),
                    above = table.Column<string>(type: "text", nullable: false),
                    set_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    set_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_source_budgets", x => x.source_id);
                    table.ForeignKey(
                        name: "fk_source_budgets_sources_source_id",
                        column: x => x.source_id,
                        principalTable: "sources",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.Sql(SqlResource.Read("source_budgets"));
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "source_budgets");
        }
    }
}
