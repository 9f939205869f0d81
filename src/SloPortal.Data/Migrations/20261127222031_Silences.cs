using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SloPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class Silences : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "held_as",
                table: "signals",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "held_group",
                table: "signals",
                type: "character varying(2000)",
                maxLength: 2000,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "held_since",
                table: "signals",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "held_under",
                table: "signals",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "held_until",
                table: "signals",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "silence_id",
                table: "signals",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "labels",
                table: "signal_events",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "severity",
                table: "signal_events",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "silence_id",
                table: "signal_events",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "called_first",
                table: "pages",
                type: "jsonb",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.CreateTable(
                name: "paging_rule_versions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    team_id = table.Column<Guid>(type: "uuid", nullable: false),
                    rules = table.Column<string>(type: "jsonb", nullable: false),
                    valid_from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by_name = table.Column<string>(type: "character varying(250)", maxLength: 250, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_paging_rule_versions", x => x.id);
                    table.ForeignKey(
                        name: "fk_paging_rule_versions_teams_team_id",
                        column: x => x.team_id,
                        principalTable: "teams",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "silences",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    team_id = table.Column<Guid>(type: "uuid", nullable: false),
                    service_id = table.Column<Guid>(type: "uuid", nullable: true),
                    conditions = table.Column<string>(type: "jsonb", nullable: false),
                    starts_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ends_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    planned_by = table.Column<Guid>(type: "uuid", nullable: true),
                    planned_by_name = table.Column<string>(type: "character varying(250)", maxLength: 250, nullable: false),
                    planned_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    tell_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_by_name = table.Column<string>(type: "character varying(250)", maxLength: 250, nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_silences", x => x.id);
                    table.ForeignKey(
                        name: "fk_silences_services_service_id",
                        column: x => x.service_id,
                        principalTable: "services",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_silences_teams_team_id",
                        column: x => x.team_id,
                        principalTable: "teams",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_signals_held",
                table: "signals",
                column: "held_as",
                filter: "held_as IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_signals_held_groups",
                table: "signals",
                columns: new[] { "team_id", "first_received_at" },
                filter: "held_group IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_signals_silence_id",
                table: "signals",
                column: "silence_id",
                filter: "silence_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_signal_events_silence_id",
                table: "signal_events",
                column: "silence_id",
                filter: "silence_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_paging_rule_versions_team_id_valid_from",
                table: "paging_rule_versions",
                columns: new[] { "team_id", "valid_from" });

            migrationBuilder.CreateIndex(
                name: "ix_silences_service_id",
                table: "silences",
                column: "service_id");

            migrationBuilder.CreateIndex(
                name: "ix_silences_team_id_ends_at",
                table: "silences",
                columns: new[] { "team_id", "ends_at" });

            migrationBuilder.CreateIndex(
                name: "ix_silences_tell_at",
                table: "silences",
                column: "tell_at",
                filter: "tell_at IS NOT NULL");

            migrationBuilder.AddForeignKey(
                name: "fk_signal_events_silences_silence_id",
                table: "signal_events",
                column: "silence_id",
                principalTable: "silences",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_signals_silences_silence_id",
                table: "signals",
                column: "silence_id",
                principalTable: "silences",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_signal_events_silences_silence_id",
                table: "signal_events");

            migrationBuilder.DropForeignKey(
                name: "fk_signals_silences_silence_id",
                table: "signals");

            migrationBuilder.DropTable(
                name: "paging_rule_versions");

            migrationBuilder.DropTable(
                name: "silences");

            migrationBuilder.DropIndex(
                name: "ix_signals_held",
                table: "signals");

            migrationBuilder.DropIndex(
                name: "ix_signals_held_groups",
                table: "signals");

            migrationBuilder.DropIndex(
                name: "ix_signals_silence_id",
                table: "signals");

            migrationBuilder.DropIndex(
                name: "ix_signal_events_silence_id",
                table: "signal_events");

            migrationBuilder.DropColumn(
                name: "held_as",
                table: "signals");

            migrationBuilder.DropColumn(
                name: "held_group",
                table: "signals");

            migrationBuilder.DropColumn(
                name: "held_since",
                table: "signals");

            migrationBuilder.DropColumn(
                name: "held_under",
                table: "signals");

            migrationBuilder.DropColumn(
                name: "held_until",
                table: "signals");

            migrationBuilder.DropColumn(
                name: "silence_id",
                table: "signals");

            migrationBuilder.DropColumn(
                name: "labels",
                table: "signal_events");

            migrationBuilder.DropColumn(
                name: "severity",
                table: "signal_events");

            migrationBuilder.DropColumn(
                name: "silence_id",
                table: "signal_events");

            migrationBuilder.DropColumn(
                name: "called_first",
                table: "pages");
        }
    }
}
