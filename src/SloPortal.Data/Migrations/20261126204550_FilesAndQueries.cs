using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SloPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class FilesAndQueries : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "file_feeds",
                columns: table => new
                {
                    source_id = table.Column<int>(type: "integer", nullable: false),
                    sli_id = table.Column<int>(type: "integer", nullable: false),
                    mapping = table.Column<string>(type: "jsonb", nullable: false),
                    folder = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_file_feeds", x => x.source_id);
                    table.ForeignKey(
                        name: "fk_file_feeds_slis_sli_id",
                        column: x => x.sli_id,
                        principalTable: "slis",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_file_feeds_sources_source_id",
                        column: x => x.source_id,
                        principalTable: "sources",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "file_runs",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    sli_id = table.Column<int>(type: "integer", nullable: false),
                    source_id = table.Column<int>(type: "integer", nullable: true),
                    name = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    started_by = table.Column<Guid>(type: "uuid", nullable: false),
                    started_by_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    content_hash = table.Column<byte[]>(type: "bytea", nullable: true),
                    path = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    modified_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    mapping = table.Column<string>(type: "jsonb", nullable: true),
                    rows_read = table.Column<long>(type: "bigint", nullable: false),
                    kept = table.Column<long>(type: "bigint", nullable: false),
                    duplicates = table.Column<long>(type: "bigint", nullable: false),
                    refused = table.Column<long>(type: "bigint", nullable: false),
                    passed_over = table.Column<long>(type: "bigint", nullable: false),
                    good = table.Column<double>(type: "double precision", nullable: false),
                    total = table.Column<double>(type: "double precision", nullable: false),
                    problem = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_file_runs", x => x.id);
                    table.ForeignKey(
                        name: "fk_file_runs_slis_sli_id",
                        column: x => x.sli_id,
                        principalTable: "slis",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_file_runs_sources_source_id",
                        column: x => x.source_id,
                        principalTable: "sources",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "sql_feeds",
                columns: table => new
                {
                    source_id = table.Column<int>(type: "integer", nullable: false),
                    sli_id = table.Column<int>(type: "integer", nullable: false),
                    statement = table.Column<string>(type: "character varying(10000)", maxLength: 10000, nullable: false),
                    minutes = table.Column<int>(type: "integer", nullable: false),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sql_feeds", x => x.source_id);
                    table.ForeignKey(
                        name: "fk_sql_feeds_slis_sli_id",
                        column: x => x.sli_id,
                        principalTable: "slis",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_sql_feeds_sources_source_id",
                        column: x => x.source_id,
                        principalTable: "sources",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "statsd_rules",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    metric = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    sli_id = table.Column<int>(type: "integer", nullable: false),
                    role = table.Column<string>(type: "text", nullable: false),
                    threshold = table.Column<double>(type: "double precision", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_statsd_rules", x => x.id);
                    table.ForeignKey(
                        name: "fk_statsd_rules_slis_sli_id",
                        column: x => x.sli_id,
                        principalTable: "slis",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "file_run_parts",
                columns: table => new
                {
                    run_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_file_run_parts", x => new { x.run_id, x.number });
                    table.ForeignKey(
                        name: "fk_file_run_parts_file_runs_run_id",
                        column: x => x.run_id,
                        principalTable: "file_runs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "refused_rows",
                columns: table => new
                {
                    run_id = table.Column<Guid>(type: "uuid", nullable: false),
                    line = table.Column<long>(type: "bigint", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_refused_rows", x => new { x.run_id, x.line });
                    table.ForeignKey(
                        name: "fk_refused_rows_file_runs_run_id",
                        column: x => x.run_id,
                        principalTable: "file_runs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_file_feeds_sli_id",
                table: "file_feeds",
                column: "sli_id");

            migrationBuilder.CreateIndex(
                name: "ix_file_runs_created_at",
                table: "file_runs",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_file_runs_sli_id",
                table: "file_runs",
                column: "sli_id");

            migrationBuilder.CreateIndex(
                name: "ix_file_runs_source_id_created_at",
                table: "file_runs",
                columns: new[] { "source_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_sql_feeds_sli_id",
                table: "sql_feeds",
                column: "sli_id");

            migrationBuilder.CreateIndex(
                name: "ix_statsd_rules_metric_sli_id_role",
                table: "statsd_rules",
                columns: new[] { "metric", "sli_id", "role" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_statsd_rules_sli_id",
                table: "statsd_rules",
                column: "sli_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "file_feeds");

            migrationBuilder.DropTable(
                name: "file_run_parts");

            migrationBuilder.DropTable(
                name: "refused_rows");

            migrationBuilder.DropTable(
                name: "sql_feeds");

            migrationBuilder.DropTable(
                name: "statsd_rules");

            migrationBuilder.DropTable(
                name: "file_runs");
        }
    }
}
