using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SloPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class AlertTuning : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "back_test_id",
                table: "alert_policies",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "changed_at",
                table: "alert_policies",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "changed_by",
                table: "alert_policies",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "alert_labels",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    objective_id = table.Column<Guid>(type: "uuid", nullable: false),
                    from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    to = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    marked_by = table.Column<Guid>(type: "uuid", nullable: false),
                    marked_by_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    marked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_alert_labels", x => x.id);
                    table.ForeignKey(
                        name: "fk_alert_labels_objectives_objective_id",
                        column: x => x.objective_id,
                        principalTable: "objectives",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "policy_back_tests",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    policy_id = table.Column<Guid>(type: "uuid", nullable: false),
                    rules_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    to = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    zone = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    figures = table.Column<string>(type: "jsonb", nullable: false),
                    ran_by = table.Column<Guid>(type: "uuid", nullable: false),
                    ran_by_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    ran_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    saved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_policy_back_tests", x => x.id);
                    table.ForeignKey(
                        name: "fk_policy_back_tests_alert_policies_policy_id",
                        column: x => x.policy_id,
                        principalTable: "alert_policies",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_alert_policies_back_test_id",
                table: "alert_policies",
                column: "back_test_id");

            migrationBuilder.CreateIndex(
                name: "ix_alert_labels_objective_id_from",
                table: "alert_labels",
                columns: new[] { "objective_id", "from" });

            migrationBuilder.CreateIndex(
                name: "ix_policy_back_tests_policy_id_ran_at",
                table: "policy_back_tests",
                columns: new[] { "policy_id", "ran_at" });

            migrationBuilder.AddForeignKey(
                name: "fk_alert_policies_policy_back_tests_back_test_id",
                table: "alert_policies",
                column: "back_test_id",
                principalTable: "policy_back_tests",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_alert_policies_policy_back_tests_back_test_id",
                table: "alert_policies");

            migrationBuilder.DropTable(
                name: "alert_labels");

            migrationBuilder.DropTable(
                name: "policy_back_tests");

            migrationBuilder.DropIndex(
                name: "ix_alert_policies_back_test_id",
                table: "alert_policies");

            migrationBuilder.DropColumn(
                name: "back_test_id",
                table: "alert_policies");

            migrationBuilder.DropColumn(
                name: "changed_at",
                table: "alert_policies");

            migrationBuilder.DropColumn(
                name: "changed_by",
                table: "alert_policies");
        }
    }
}
