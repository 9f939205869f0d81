using System;
using Microsoft.EntityFrameworkCore.Migrations;
using SloPortal.Data.Common;

#nullable disable

namespace SloPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class DecisionPolicy : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "war_room_opened_at",
                table: "incidents",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "decided_severity",
                table: "incident_proposals",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "decided_war_room",
                table: "incident_proposals",
                type: "boolean",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "decision_policies",
                columns: table => new
                {
                    number = table.Column<int>(type: "integer", nullable: false),
                    policy = table.Column<string>(type: "jsonb", nullable: false),
                    valid_from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by_name = table.Column<string>(type: "character varying(250)", maxLength: 250, nullable: true),
                    note = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_decision_policies", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "proposal_recommendations",
                columns: table => new
                {
                    proposal_id = table.Column<Guid>(type: "uuid", nullable: false),
                    policy_number = table.Column<int>(type: "integer", nullable: false),
                    facts = table.Column<string>(type: "jsonb", nullable: false),
                    row = table.Column<int>(type: "integer", nullable: true),
                    severity = table.Column<string>(type: "text", nullable: true),
                    war_room = table.Column<bool>(type: "boolean", nullable: false),
                    reason = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    made_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_proposal_recommendations", x => x.proposal_id);
                    table.ForeignKey(
                        name: "fk_proposal_recommendations_decision_policies_policy_number",
                        column: x => x.policy_number,
                        principalTable: "decision_policies",
                        principalColumn: "number",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_proposal_recommendations_incident_proposals_proposal_id",
                        column: x => x.proposal_id,
                        principalTable: "incident_proposals",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_proposal_recommendations_made_at",
                table: "proposal_recommendations",
                column: "made_at");

            migrationBuilder.CreateIndex(
                name: "ix_proposal_recommendations_policy_number",
                table: "proposal_recommendations",
                column: "policy_number");
            migrationBuilder.Sql(SqlResource.Read("decisions_append_only"));
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "proposal_recommendations");

            migrationBuilder.DropTable(
                name: "decision_policies");

            migrationBuilder.DropColumn(
                name: "war_room_opened_at",
                table: "incidents");

            migrationBuilder.DropColumn(
                name: "decided_severity",
                table: "incident_proposals");

            migrationBuilder.DropColumn(
                name: "decided_war_room",
                table: "incident_proposals");
        }
    }
}
