using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SloPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class Probes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "allowed_addresses",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    address = table.Column<string>(type: "character varying(253)", maxLength: 253, nullable: false),
                    reason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    allowed_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    allowed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_allowed_addresses", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "probe_locations",
                columns: table => new
                {
                    name = table.Column<string>(type: "character varying(63)", maxLength: 63, nullable: false),
                    token_id = table.Column<Guid>(type: "uuid", nullable: true),
                    heard_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    clock_ahead = table.Column<double>(type: "double precision", nullable: false),
                    dropped = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_probe_locations", x => x.name);
                    table.ForeignKey(
                        name: "fk_probe_locations_api_tokens_token_id",
                        column: x => x.token_id,
                        principalTable: "api_tokens",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "probe_results",
                columns: table => new
                {
                    source_id = table.Column<int>(type: "integer", nullable: false),
                    key = table.Column<Guid>(type: "uuid", nullable: false),
                    location = table.Column<string>(type: "character varying(63)", maxLength: 63, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    outcome = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    status = table.Column<int>(type: "integer", nullable: true),
                    dns_ms = table.Column<double>(type: "double precision", nullable: true),
                    connect_ms = table.Column<double>(type: "double precision", nullable: true),
                    tls_ms = table.Column<double>(type: "double precision", nullable: true),
                    first_byte_ms = table.Column<double>(type: "double precision", nullable: true),
                    total_ms = table.Column<double>(type: "double precision", nullable: true),
                    certificate_ends = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    address = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_probe_results", x => new { x.source_id, x.key });
                    table.ForeignKey(
                        name: "fk_probe_results_sources_source_id",
                        column: x => x.source_id,
                        principalTable: "sources",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "probes",
                columns: table => new
                {
                    source_id = table.Column<int>(type: "integer", nullable: false),
                    sli_id = table.Column<int>(type: "integer", nullable: false),
                    check = table.Column<string>(type: "jsonb", nullable: false),
                    timeout = table.Column<TimeSpan>(type: "interval", nullable: false),
                    locations = table.Column<string[]>(type: "text[]", nullable: false),
                    next_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_probes", x => x.source_id);
                    table.ForeignKey(
                        name: "fk_probes_slis_sli_id",
                        column: x => x.sli_id,
                        principalTable: "slis",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_probes_sources_source_id",
                        column: x => x.source_id,
                        principalTable: "sources",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_allowed_addresses_address",
                table: "allowed_addresses",
                column: "address",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_probe_locations_token_id",
                table: "probe_locations",
                column: "token_id");

            migrationBuilder.CreateIndex(
                name: "ix_probe_results_at",
                table: "probe_results",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_probe_results_source_id_at",
                table: "probe_results",
                columns: new[] { "source_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_probes_next_at",
                table: "probes",
                column: "next_at");

            migrationBuilder.CreateIndex(
                name: "ix_probes_sli_id",
                table: "probes",
                column: "sli_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "allowed_addresses");

            migrationBuilder.DropTable(
                name: "probe_locations");

            migrationBuilder.DropTable(
                name: "probe_results");

            migrationBuilder.DropTable(
                name: "probes");
        }
    }
}
