using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace SloPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class SignalIntake : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "signal_sources",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    team_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    service_id = table.Column<Guid>(type: "uuid", nullable: true),
                    service_label = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    key_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    key_hint = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    key_made_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    protected_secret = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    removed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_signal_sources", x => x.id);
                    table.ForeignKey(
                        name: "fk_signal_sources_services_service_id",
                        column: x => x.service_id,
                        principalTable: "services",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_signal_sources_teams_team_id",
                        column: x => x.team_id,
                        principalTable: "teams",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "signal_deliveries",
                columns: table => new
                {
                    source_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<byte[]>(type: "bytea", nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_signal_deliveries", x => new { x.source_id, x.key });
                    table.ForeignKey(
                        name: "fk_signal_deliveries_signal_sources_source_id",
                        column: x => x.source_id,
                        principalTable: "signal_sources",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "signal_source_health",
                columns: table => new
                {
                    source_id = table.Column<Guid>(type: "uuid", nullable: false),
                    last_received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    taken = table.Column<long>(type: "bigint", nullable: false),
                    unknown = table.Column<long>(type: "bigint", nullable: false),
                    last_problem_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_problem = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_signal_source_health", x => x.source_id);
                    table.ForeignKey(
                        name: "fk_signal_source_health_signal_sources_source_id",
                        column: x => x.source_id,
                        principalTable: "signal_sources",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "signals",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    source_id = table.Column<Guid>(type: "uuid", nullable: true),
                    origin = table.Column<string>(type: "text", nullable: false),
                    service_id = table.Column<Guid>(type: "uuid", nullable: true),
                    team_id = table.Column<Guid>(type: "uuid", nullable: false),
                    dedup_key = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    severity = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "character varying(1024)", maxLength: 1024, nullable: false),
                    description = table.Column<string>(type: "character varying(16384)", maxLength: 16384, nullable: true),
                    labels = table.Column<string>(type: "jsonb", nullable: false),
                    link = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    first_received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    times_received = table.Column<int>(type: "integer", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    page_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_signals", x => x.id);
                    table.ForeignKey(
                        name: "fk_signals_services_service_id",
                        column: x => x.service_id,
                        principalTable: "services",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_signals_signal_sources_source_id",
                        column: x => x.source_id,
                        principalTable: "signal_sources",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_signals_teams_team_id",
                        column: x => x.team_id,
                        principalTable: "teams",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "signal_events",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    signal_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    note = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    outcome = table.Column<string>(type: "text", nullable: true),
                    reason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    page_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_signal_events", x => x.id);
                    table.ForeignKey(
                        name: "fk_signal_events_signals_signal_id",
                        column: x => x.signal_id,
                        principalTable: "signals",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_signal_deliveries_received_at",
                table: "signal_deliveries",
                column: "received_at");

            migrationBuilder.CreateIndex(
                name: "ix_signal_events_page_id",
                table: "signal_events",
                column: "page_id",
                filter: "page_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_signal_events_signal_id_id",
                table: "signal_events",
                columns: new[] { "signal_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_signal_events_undecided",
                table: "signal_events",
                column: "id",
                filter: "decided_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_signal_sources_key_hash",
                table: "signal_sources",
                column: "key_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_signal_sources_service_id",
                table: "signal_sources",
                column: "service_id");

            migrationBuilder.CreateIndex(
                name: "ix_signal_sources_team_id_name",
                table: "signal_sources",
                columns: new[] { "team_id", "name" },
                unique: true,
                filter: "removed_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_signals_ended",
                table: "signals",
                columns: new[] { "source_id", "dedup_key", "ended_at" },
                filter: "state = 'Resolved'");

            migrationBuilder.CreateIndex(
                name: "ix_signals_expires_at",
                table: "signals",
                column: "expires_at",
                filter: "state <> 'Resolved'");

            migrationBuilder.CreateIndex(
                name: "ix_signals_newest",
                table: "signals",
                columns: new[] { "last_received_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_signals_one_open",
                table: "signals",
                columns: new[] { "source_id", "dedup_key" },
                unique: true,
                filter: "state <> 'Resolved'")
                .Annotation("Npgsql:NullsDistinct", false);

            migrationBuilder.CreateIndex(
                name: "ix_signals_page_id",
                table: "signals",
                column: "page_id",
                filter: "page_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_signals_service_id_last_received_at",
                table: "signals",
                columns: new[] { "service_id", "last_received_at" });

            migrationBuilder.CreateIndex(
                name: "ix_signals_team_id",
                table: "signals",
                column: "team_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "signal_deliveries");

            migrationBuilder.DropTable(
                name: "signal_events");

            migrationBuilder.DropTable(
                name: "signal_source_health");

            migrationBuilder.DropTable(
                name: "signals");

            migrationBuilder.DropTable(
                name: "signal_sources");
        }
    }
}
