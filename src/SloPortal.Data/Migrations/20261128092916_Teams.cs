using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SloPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class Teams : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "team_id",
                table: "incident_tasks",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "incident_hand_offs",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    incident_id = table.Column<Guid>(type: "uuid", nullable: false),
                    from_team_id = table.Column<Guid>(type: "uuid", nullable: false),
                    to_team_id = table.Column<Guid>(type: "uuid", nullable: false),
                    what = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    task_id = table.Column<Guid>(type: "uuid", nullable: true),
                    offered_by = table.Column<Guid>(type: "uuid", nullable: false),
                    offered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    answered_by = table.Column<Guid>(type: "uuid", nullable: true),
                    answered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    reminders = table.Column<int>(type: "integer", nullable: false),
                    next_step_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_incident_hand_offs", x => x.id);
                    table.ForeignKey(
                        name: "fk_incident_hand_offs_incident_tasks_task_id",
                        column: x => x.task_id,
                        principalTable: "incident_tasks",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_incident_hand_offs_incidents_incident_id",
                        column: x => x.incident_id,
                        principalTable: "incidents",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_incident_hand_offs_teams_from_team_id",
                        column: x => x.from_team_id,
                        principalTable: "teams",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_incident_hand_offs_teams_to_team_id",
                        column: x => x.to_team_id,
                        principalTable: "teams",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "incident_links",
                columns: table => new
                {
                    first_id = table.Column<Guid>(type: "uuid", nullable: false),
                    second_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    linked_by = table.Column<Guid>(type: "uuid", nullable: false),
                    linked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_incident_links", x => new { x.first_id, x.second_id });
                    table.ForeignKey(
                        name: "fk_incident_links_incidents_first_id",
                        column: x => x.first_id,
                        principalTable: "incidents",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_incident_links_incidents_second_id",
                        column: x => x.second_id,
                        principalTable: "incidents",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "incident_teams",
                columns: table => new
                {
                    incident_id = table.Column<Guid>(type: "uuid", nullable: false),
                    team_id = table.Column<Guid>(type: "uuid", nullable: false),
                    part = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    asked_by = table.Column<Guid>(type: "uuid", nullable: false),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    lead_id = table.Column<Guid>(type: "uuid", nullable: true),
                    state = table.Column<string>(type: "text", nullable: false),
                    note = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    state_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_incident_teams", x => new { x.incident_id, x.team_id });
                    table.ForeignKey(
                        name: "fk_incident_teams_incidents_incident_id",
                        column: x => x.incident_id,
                        principalTable: "incidents",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_incident_teams_people_lead_id",
                        column: x => x.lead_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_incident_teams_teams_team_id",
                        column: x => x.team_id,
                        principalTable: "teams",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "incident_update_reminders",
                columns: table => new
                {
                    incident_id = table.Column<Guid>(type: "uuid", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    reminded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    escalated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_incident_update_reminders", x => x.incident_id);
                    table.ForeignKey(
                        name: "fk_incident_update_reminders_incidents_incident_id",
                        column: x => x.incident_id,
                        principalTable: "incidents",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_incident_tasks_team_id",
                table: "incident_tasks",
                column: "team_id");

            migrationBuilder.CreateIndex(
                name: "ix_incident_hand_offs_from_team_id",
                table: "incident_hand_offs",
                column: "from_team_id");

            migrationBuilder.CreateIndex(
                name: "ix_incident_hand_offs_incident_id",
                table: "incident_hand_offs",
                column: "incident_id");

            migrationBuilder.CreateIndex(
                name: "ix_incident_hand_offs_next_step_at",
                table: "incident_hand_offs",
                column: "next_step_at",
                filter: "next_step_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_incident_hand_offs_task_id",
                table: "incident_hand_offs",
                column: "task_id");

            migrationBuilder.CreateIndex(
                name: "ix_incident_hand_offs_to_team_id",
                table: "incident_hand_offs",
                column: "to_team_id");

            migrationBuilder.CreateIndex(
                name: "ix_incident_links_second_id",
                table: "incident_links",
                column: "second_id");

            migrationBuilder.CreateIndex(
                name: "ix_incident_teams_lead_id",
                table: "incident_teams",
                column: "lead_id");

            migrationBuilder.CreateIndex(
                name: "ix_incident_teams_team_id",
                table: "incident_teams",
                column: "team_id");

            migrationBuilder.AddForeignKey(
                name: "fk_incident_tasks_teams_team_id",
                table: "incident_tasks",
                column: "team_id",
                principalTable: "teams",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_incident_tasks_teams_team_id",
                table: "incident_tasks");

            migrationBuilder.DropTable(
                name: "incident_hand_offs");

            migrationBuilder.DropTable(
                name: "incident_links");

            migrationBuilder.DropTable(
                name: "incident_teams");

            migrationBuilder.DropTable(
                name: "incident_update_reminders");

            migrationBuilder.DropIndex(
                name: "ix_incident_tasks_team_id",
                table: "incident_tasks");

            migrationBuilder.DropColumn(
                name: "team_id",
                table: "incident_tasks");
        }
    }
}
