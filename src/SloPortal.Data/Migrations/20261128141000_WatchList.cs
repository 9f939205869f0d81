using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;
using SloPortal.Data.Common;

#nullable disable

namespace SloPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class WatchList : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "watch_items",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    service_id = table.Column<Guid>(type: "uuid", nullable: false),
                    objective_id = table.Column<Guid>(type: "uuid", nullable: true),
                    sli_id = table.Column<int>(type: "integer", nullable: true),
                    segment_id = table.Column<int>(type: "integer", nullable: true),
                    subject_key = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    reason = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    observed = table.Column<double>(type: "double precision", nullable: true),
                    expected = table.Column<double>(type: "double precision", nullable: true),
                    dispersion = table.Column<double>(type: "double precision", nullable: true),
                    p_value = table.Column<double>(type: "double precision", nullable: true),
                    limit = table.Column<double>(type: "double precision", nullable: true),
                    burn = table.Column<double>(type: "double precision", nullable: true),
                    looked_from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    looked_to = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    times_found = table.Column<int>(type: "integer", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: true),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_by_name = table.Column<string>(type: "character varying(250)", maxLength: 250, nullable: true),
                    incident_id = table.Column<Guid>(type: "uuid", nullable: true),
                    client_key = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_watch_items", x => x.id);
                    table.ForeignKey(
                        name: "fk_watch_items_incidents_incident_id",
                        column: x => x.incident_id,
                        principalTable: "incidents",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_watch_items_objectives_objective_id",
                        column: x => x.objective_id,
                        principalTable: "objectives",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_watch_items_people_owner_id",
                        column: x => x.owner_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_watch_items_services_service_id",
                        column: x => x.service_id,
                        principalTable: "services",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_watch_items_slis_sli_id",
                        column: x => x.sli_id,
                        principalTable: "slis",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "watch_notes",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    item_id = table.Column<Guid>(type: "uuid", nullable: false),
                    @event = table.Column<string>(name: "event", type: "text", nullable: false),
                    said = table.Column<string>(type: "character varying(2500)", maxLength: 2500, nullable: false),
                    by_name = table.Column<string>(type: "character varying(250)", maxLength: 250, nullable: false),
                    by_portal = table.Column<bool>(type: "boolean", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    client_key = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    observed = table.Column<double>(type: "double precision", nullable: true),
                    expected = table.Column<double>(type: "double precision", nullable: true),
                    p_value = table.Column<double>(type: "double precision", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_watch_notes", x => x.id);
                    table.ForeignKey(
                        name: "fk_watch_notes_watch_items_item_id",
                        column: x => x.item_id,
                        principalTable: "watch_items",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_signals_reports",
                table: "signals",
                columns: new[] { "first_received_at", "service_id" },
                filter: "origin = 'Report'");

            migrationBuilder.CreateIndex(
                name: "ix_watch_items_client_key",
                table: "watch_items",
                column: "client_key",
                unique: true,
                filter: "client_key IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_watch_items_incident_id",
                table: "watch_items",
                column: "incident_id",
                filter: "incident_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_watch_items_objective_id",
                table: "watch_items",
                column: "objective_id",
                filter: "objective_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_watch_items_one_watched",
                table: "watch_items",
                column: "subject_key",
                unique: true,
                filter: "state = 'Watched' AND subject_key IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_watch_items_owner_id",
                table: "watch_items",
                column: "owner_id",
                filter: "owner_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_watch_items_service_id",
                table: "watch_items",
                column: "service_id");

            migrationBuilder.CreateIndex(
                name: "ix_watch_items_since_id",
                table: "watch_items",
                columns: new[] { "since", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_watch_items_sli_id",
                table: "watch_items",
                column: "sli_id",
                filter: "sli_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_watch_items_subject",
                table: "watch_items",
                columns: new[] { "subject_key", "expires_at" },
                filter: "subject_key IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_watch_items_watched",
                table: "watch_items",
                column: "expires_at",
                filter: "state = 'Watched'");

            migrationBuilder.CreateIndex(
                name: "ix_watch_notes_item_id_client_key",
                table: "watch_notes",
                columns: new[] { "item_id", "client_key" },
                unique: true,
                filter: "client_key IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_watch_notes_item_id_id",
                table: "watch_notes",
                columns: new[] { "item_id", "id" });
            migrationBuilder.Sql(SqlResource.Read("watch_append_only"));
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "watch_notes");

            migrationBuilder.DropTable(
                name: "watch_items");

            migrationBuilder.DropIndex(
                name: "ix_signals_reports",
                table: "signals");
        }
    }
}
