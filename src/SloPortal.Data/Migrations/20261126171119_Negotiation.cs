using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;
using SloPortal.Data.Common;

#nullable disable

namespace SloPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class Negotiation : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPrimaryKey(
                name: "pk_signatures",
                table: "signatures");

            migrationBuilder.AddColumn<int>(
                name: "round",
                table: "signatures",
                type: "integer",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<string>(
                name: "confirmed_by",
                table: "signatures",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "arbiter_id",
                table: "proposals",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<List<Guid>>(
                name: "aspirational_actions",
                table: "proposals",
                type: "uuid[]",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "aspirational_until",
                table: "proposals",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "deadline",
                table: "proposals",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "deadline_told_at",
                table: "proposals",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "deadline_warned_at",
                table: "proposals",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "offered_at",
                table: "proposals",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)));

            migrationBuilder.AddColumn<Guid>(
                name: "offered_by",
                table: "proposals",
                type: "uuid",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.AddColumn<DateOnly>(
                name: "review_on",
                table: "proposals",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "review_told_at",
                table: "proposals",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "risk_at",
                table: "proposals",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "risk_confirmed_by",
                table: "proposals",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "risk_person_id",
                table: "proposals",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "risk_person_name",
                table: "proposals",
                type: "character varying(100)",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "risk_words",
                table: "proposals",
                type: "character varying(4000)",
                maxLength: 4000,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "round",
                table: "proposals",
                type: "integer",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<int>(
                name: "mail_attempts",
                table: "notices",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "mail_due_at",
                table: "notices",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "mailed_at",
                table: "notices",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddPrimaryKey(
                name: "pk_signatures",
                table: "signatures",
                columns: new[] { "proposal_id", "round", "party" });

            migrationBuilder.CreateTable(
                name: "fresh_sign_ins",
                columns: table => new
                {
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fresh_sign_ins", x => new { x.person_id, x.subject });
                    table.ForeignKey(
                        name: "fk_fresh_sign_ins_asp_net_users_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "positions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    proposal_id = table.Column<Guid>(type: "uuid", nullable: false),
                    round = table.Column<int>(type: "integer", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    side = table.Column<string>(type: "text", nullable: false),
                    target_percent = table.Column<decimal>(type: "numeric(9,6)", precision: 9, scale: 6, nullable: false),
                    why = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    confirmed_by = table.Column<string>(type: "text", nullable: false),
                    content_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    stated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_positions", x => x.id);
                    table.ForeignKey(
                        name: "fk_positions_proposals_proposal_id",
                        column: x => x.proposal_id,
                        principalTable: "proposals",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "proposal_invitees",
                columns: table => new
                {
                    proposal_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    invited_by = table.Column<Guid>(type: "uuid", nullable: false),
                    invited_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_proposal_invitees", x => new { x.proposal_id, x.person_id });
                    table.ForeignKey(
                        name: "fk_proposal_invitees_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_proposal_invitees_proposals_proposal_id",
                        column: x => x.proposal_id,
                        principalTable: "proposals",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "proposal_remarks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    proposal_id = table.Column<Guid>(type: "uuid", nullable: false),
                    round = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    text = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    said_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_proposal_remarks", x => x.id);
                    table.ForeignKey(
                        name: "fk_proposal_remarks_proposals_proposal_id",
                        column: x => x.proposal_id,
                        principalTable: "proposals",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "proposal_rounds",
                columns: table => new
                {
                    proposal_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    target_percent = table.Column<decimal>(type: "numeric(9,6)", precision: 9, scale: 6, nullable: false),
                    window = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    effective_from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    review_on = table.Column<DateOnly>(type: "date", nullable: true),
                    rationale = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    evidence = table.Column<string>(type: "text", nullable: false),
                    offered_by = table.Column<Guid>(type: "uuid", nullable: false),
                    offered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    content_hash = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_proposal_rounds", x => new { x.proposal_id, x.number });
                    table.ForeignKey(
                        name: "fk_proposal_rounds_proposals_proposal_id",
                        column: x => x.proposal_id,
                        principalTable: "proposals",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_proposals_arbiter_id",
                table: "proposals",
                column: "arbiter_id");

            migrationBuilder.CreateIndex(
                name: "ix_notices_mail_due_at",
                table: "notices",
                column: "mail_due_at",
                filter: "mail_due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_positions_proposal_id",
                table: "positions",
                column: "proposal_id");

            migrationBuilder.CreateIndex(
                name: "ix_proposal_invitees_person_id",
                table: "proposal_invitees",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_proposal_remarks_proposal_id",
                table: "proposal_remarks",
                column: "proposal_id");

            migrationBuilder.AddForeignKey(
                name: "fk_proposals_people_arbiter_id",
                table: "proposals",
                column: "arbiter_id",
                principalTable: "people",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.Sql(SqlResource.Read("negotiation"));
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_proposals_people_arbiter_id",
                table: "proposals");

            migrationBuilder.DropTable(
                name: "fresh_sign_ins");

            migrationBuilder.DropTable(
                name: "positions");

            migrationBuilder.DropTable(
                name: "proposal_invitees");

            migrationBuilder.DropTable(
                name: "proposal_remarks");

            migrationBuilder.DropTable(
                name: "proposal_rounds");

            migrationBuilder.DropPrimaryKey(
                name: "pk_signatures",
                table: "signatures");

            migrationBuilder.DropIndex(
                name: "ix_proposals_arbiter_id",
                table: "proposals");

            migrationBuilder.DropIndex(
                name: "ix_notices_mail_due_at",
                table: "notices");

            migrationBuilder.DropColumn(
                name: "round",
                table: "signatures");

            migrationBuilder.DropColumn(
                name: "confirmed_by",
                table: "signatures");

            migrationBuilder.DropColumn(
                name: "arbiter_id",
                table: "proposals");

            migrationBuilder.DropColumn(
                name: "aspirational_actions",
                table: "proposals");

            migrationBuilder.DropColumn(
                name: "aspirational_until",
                table: "proposals");

            migrationBuilder.DropColumn(
                name: "deadline",
                table: "proposals");

            migrationBuilder.DropColumn(
                name: "deadline_told_at",
                table: "proposals");

            migrationBuilder.DropColumn(
                name: "deadline_warned_at",
                table: "proposals");

            migrationBuilder.DropColumn(
                name: "offered_at",
                table: "proposals");

            migrationBuilder.DropColumn(
                name: "offered_by",
                table: "proposals");

            migrationBuilder.DropColumn(
                name: "review_on",
                table: "proposals");

            migrationBuilder.DropColumn(
                name: "review_told_at",
                table: "proposals");

            migrationBuilder.DropColumn(
                name: "risk_at",
                table: "proposals");

            migrationBuilder.DropColumn(
                name: "risk_confirmed_by",
                table: "proposals");

            migrationBuilder.DropColumn(
                name: "risk_person_id",
                table: "proposals");

            migrationBuilder.DropColumn(
                name: "risk_person_name",
                table: "proposals");

            migrationBuilder.DropColumn(
                name: "risk_words",
                table: "proposals");

            migrationBuilder.DropColumn(
                name: "round",
                table: "proposals");

            migrationBuilder.DropColumn(
                name: "mail_attempts",
                table: "notices");

            migrationBuilder.DropColumn(
                name: "mail_due_at",
                table: "notices");

            migrationBuilder.DropColumn(
                name: "mailed_at",
                table: "notices");

            migrationBuilder.AddPrimaryKey(
                name: "pk_signatures",
                table: "signatures",
                columns: new[] { "proposal_id", "party" });
        }
    }
}
