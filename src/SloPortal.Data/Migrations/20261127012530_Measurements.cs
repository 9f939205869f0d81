using System;
using Microsoft.EntityFrameworkCore.Migrations;
using SloPortal.Data.Common;

#nullable disable

namespace SloPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class Measurements : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "counting_decisions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    sli_id = table.Column<int>(type: "integer", nullable: false),
                    merge = table.Column<string>(type: "text", nullable: false),
                    others = table.Column<int[]>(type: "integer[]", nullable: false),
                    no_data = table.Column<string>(type: "text", nullable: false),
                    bad_after_minutes = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    in_force_from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    reason = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    proposed_by = table.Column<Guid>(type: "uuid", nullable: false),
                    proposed_by_name = table.Column<string>(type: "text", nullable: false),
                    proposed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    decided_by_name = table.Column<string>(type: "text", nullable: true),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    decision_note = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    confirmed_by = table.Column<string>(type: "text", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_counting_decisions", x => x.id);
                    table.ForeignKey(
                        name: "fk_counting_decisions_slis_sli_id",
                        column: x => x.sli_id,
                        principalTable: "slis",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "sli_measurements",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    sli_id = table.Column<int>(type: "integer", nullable: false),
                    other_sli_id = table.Column<int>(type: "integer", nullable: false),
                    tolerance_points = table.Column<decimal>(type: "numeric(7,4)", precision: 7, scale: 4, nullable: false),
                    after_hours = table.Column<int>(type: "integer", nullable: false),
                    gap_hours = table.Column<int>(type: "integer", nullable: false),
                    reason = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    added_by = table.Column<Guid>(type: "uuid", nullable: false),
                    added_by_name = table.Column<string>(type: "text", nullable: false),
                    added_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    removed_by_name = table.Column<string>(type: "text", nullable: true),
                    removed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    removed_reason = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sli_measurements", x => x.id);
                    table.ForeignKey(
                        name: "fk_sli_measurements_slis_other_sli_id",
                        column: x => x.other_sli_id,
                        principalTable: "slis",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_sli_measurements_slis_sli_id",
                        column: x => x.sli_id,
                        principalTable: "slis",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "measurement_findings",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    measurement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_hour = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    hours = table.Column<int>(type: "integer", nullable: false),
                    largest_points = table.Column<double>(type: "double precision", nullable: true),
                    evidence = table.Column<string>(type: "jsonb", nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    closed_by_name = table.Column<string>(type: "text", nullable: true),
                    closed_reason = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_measurement_findings", x => x.id);
                    table.ForeignKey(
                        name: "fk_measurement_findings_sli_measurements_measurement_id",
                        column: x => x.measurement_id,
                        principalTable: "sli_measurements",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_counting_decisions_sli_id_state",
                table: "counting_decisions",
                columns: new[] { "sli_id", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_measurement_findings_measurement_id_opened_at",
                table: "measurement_findings",
                columns: new[] { "measurement_id", "opened_at" });

            migrationBuilder.CreateIndex(
                name: "ix_measurement_findings_open",
                table: "measurement_findings",
                columns: new[] { "measurement_id", "kind" },
                unique: true,
                filter: "state = 'Open'");

            migrationBuilder.CreateIndex(
                name: "ix_sli_measurements_other_sli_id",
                table: "sli_measurements",
                column: "other_sli_id");

            migrationBuilder.CreateIndex(
                name: "ix_sli_measurements_sli_id_other_sli_id",
                table: "sli_measurements",
                columns: new[] { "sli_id", "other_sli_id" },
                unique: true,
                filter: "removed_at IS NULL");

            migrationBuilder.Sql(SqlResource.Read("counting_decisions"));
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "counting_decisions");

            migrationBuilder.DropTable(
                name: "measurement_findings");

            migrationBuilder.DropTable(
                name: "sli_measurements");
        }
    }
}
