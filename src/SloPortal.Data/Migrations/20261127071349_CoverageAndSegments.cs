using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;
using SloPortal.Data.Common;

#nullable disable

namespace SloPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class CoverageAndSegments : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "failure_rules",
                columns: table => new
                {
                    service_id = table.Column<Guid>(type: "uuid", nullable: false),
                    classification = table.Column<string>(type: "jsonb", nullable: false),
                    changed_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_failure_rules", x => x.service_id);
                    table.ForeignKey(
                        name: "fk_failure_rules_services_service_id",
                        column: x => x.service_id,
                        principalTable: "services",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "journeys",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    slug = table.Column<string>(type: "character varying(63)", maxLength: 63, nullable: false),
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    steps = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    owner_team_id = table.Column<Guid>(type: "uuid", nullable: false),
                    service_ids = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    archived_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_journeys", x => x.id);
                    table.ForeignKey(
                        name: "fk_journeys_teams_owner_team_id",
                        column: x => x.owner_team_id,
                        principalTable: "teams",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "sli_splits",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    sli_id = table.Column<int>(type: "integer", nullable: false),
                    labels = table.Column<string[]>(type: "text[]", nullable: false),
                    cap = table.Column<int>(type: "integer", nullable: false),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    set_by_name = table.Column<string>(type: "text", nullable: false),
                    set_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_by_name = table.Column<string>(type: "text", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sli_splits", x => x.id);
                    table.ForeignKey(
                        name: "fk_sli_splits_slis_sli_id",
                        column: x => x.sli_id,
                        principalTable: "slis",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

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

            migrationBuilder.CreateTable(
                name: "accepted_gaps",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    journey_id = table.Column<Guid>(type: "uuid", nullable: false),
                    failure = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    review_on = table.Column<DateOnly>(type: "date", nullable: false),
                    signed_by = table.Column<Guid>(type: "uuid", nullable: false),
                    signed_by_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    confirmed_by = table.Column<string>(type: "text", nullable: false),
                    signed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_by_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_accepted_gaps", x => x.id);
                    table.ForeignKey(
                        name: "fk_accepted_gaps_journeys_journey_id",
                        column: x => x.journey_id,
                        principalTable: "journeys",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "journey_covers",
                columns: table => new
                {
                    journey_id = table.Column<Guid>(type: "uuid", nullable: false),
                    failure = table.Column<string>(type: "text", nullable: false),
                    sli_id = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_journey_covers", x => new { x.journey_id, x.failure, x.sli_id });
                    table.ForeignKey(
                        name: "fk_journey_covers_journeys_journey_id",
                        column: x => x.journey_id,
                        principalTable: "journeys",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_journey_covers_slis_sli_id",
                        column: x => x.sli_id,
                        principalTable: "slis",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "sli_segments",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    split_id = table.Column<int>(type: "integer", nullable: false),
                    sli_id = table.Column<int>(type: "integer", nullable: false),
                    label_values = table.Column<string[]>(type: "text[]", nullable: false),
                    is_other = table.Column<bool>(type: "boolean", nullable: false),
                    made_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sli_segments", x => x.id);
                    table.ForeignKey(
                        name: "fk_sli_segments_sli_splits_split_id",
                        column: x => x.split_id,
                        principalTable: "sli_splits",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_sli_segments_slis_sli_id",
                        column: x => x.sli_id,
                        principalTable: "slis",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_accepted_gaps_journey_id_failure",
                table: "accepted_gaps",
                columns: new[] { "journey_id", "failure" },
                unique: true,
                filter: "ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_journey_covers_sli_id",
                table: "journey_covers",
                column: "sli_id");

            migrationBuilder.CreateIndex(
                name: "ix_journeys_owner_team_id",
                table: "journeys",
                column: "owner_team_id");

            migrationBuilder.CreateIndex(
                name: "ix_journeys_slug",
                table: "journeys",
                column: "slug",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_sli_segments_seq",
                table: "sli_segments",
                column: "seq");

            migrationBuilder.CreateIndex(
                name: "ix_sli_segments_sli_id",
                table: "sli_segments",
                column: "sli_id");

            migrationBuilder.CreateIndex(
                name: "ix_sli_segments_split_id",
                table: "sli_segments",
                column: "split_id");

            migrationBuilder.CreateIndex(
                name: "ix_sli_splits_present",
                table: "sli_splits",
                column: "sli_id",
                unique: true,
                filter: "ended_at IS NULL");

            migrationBuilder.Sql(SqlResource.Read("segments"));
            migrationBuilder.Sql(SqlResource.Read("source_budgets"));
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "accepted_gaps");

            migrationBuilder.DropTable(
                name: "failure_rules");

            migrationBuilder.DropTable(
                name: "journey_covers");

            migrationBuilder.DropTable(
                name: "sli_segments");

            migrationBuilder.DropTable(
                name: "source_budgets");

            migrationBuilder.DropTable(
                name: "journeys");

            migrationBuilder.DropTable(
                name: "sli_splits");
        }
    }
}
