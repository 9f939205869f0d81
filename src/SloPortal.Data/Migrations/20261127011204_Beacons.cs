using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SloPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class Beacons : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "beacon_hours",
                columns: table => new
                {
                    source_id = table.Column<int>(type: "integer", nullable: false),
                    hour = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    page_group = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    views = table.Column<long>(type: "bigint", nullable: false),
                    views_with_error = table.Column<long>(type: "bigint", nullable: false),
                    loads = table.Column<long>(type: "bigint", nullable: false),
                    fast_loads = table.Column<long>(type: "bigint", nullable: false),
                    load_ms = table.Column<double>(type: "double precision", nullable: false),
                    first_byte_ms = table.Column<double>(type: "double precision", nullable: false),
                    first_bytes = table.Column<long>(type: "bigint", nullable: false),
                    errors = table.Column<long>(type: "bigint", nullable: false),
                    failed = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_beacon_hours", x => new { x.source_id, x.hour, x.page_group });
                    table.ForeignKey(
                        name: "fk_beacon_hours_sources_source_id",
                        column: x => x.source_id,
                        principalTable: "sources",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "beacons",
                columns: table => new
                {
                    source_id = table.Column<int>(type: "integer", nullable: false),
                    service_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    load_sli_id = table.Column<int>(type: "integer", nullable: false),
                    view_sli_id = table.Column<int>(type: "integer", nullable: false),
                    fast_ms = table.Column<int>(type: "integer", nullable: false),
                    origins = table.Column<string[]>(type: "text[]", nullable: false),
                    sample_rate = table.Column<double>(type: "double precision", nullable: false),
                    groups = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_beacons", x => x.source_id);
                    table.ForeignKey(
                        name: "fk_beacons_services_service_id",
                        column: x => x.service_id,
                        principalTable: "services",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_beacons_slis_load_sli_id",
                        column: x => x.load_sli_id,
                        principalTable: "slis",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_beacons_slis_view_sli_id",
                        column: x => x.view_sli_id,
                        principalTable: "slis",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_beacons_sources_source_id",
                        column: x => x.source_id,
                        principalTable: "sources",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_beacons_key",
                table: "beacons",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_beacons_load_sli_id",
                table: "beacons",
                column: "load_sli_id");

            migrationBuilder.CreateIndex(
                name: "ix_beacons_service_id",
                table: "beacons",
                column: "service_id");

            migrationBuilder.CreateIndex(
                name: "ix_beacons_view_sli_id",
                table: "beacons",
                column: "view_sli_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "beacon_hours");

            migrationBuilder.DropTable(
                name: "beacons");
        }
    }
}
