using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;
using SloPortal.Data.Common;

#nullable disable

namespace SloPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class Segments : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "sli_segments");

            migrationBuilder.DropTable(
                name: "sli_splits");
        }
    }
}
