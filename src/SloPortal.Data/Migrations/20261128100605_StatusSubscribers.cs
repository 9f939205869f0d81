using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SloPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class StatusSubscribers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "status_subscribers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    status_page_id = table.Column<Guid>(type: "uuid", nullable: false),
                    address = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    protected_key = table.Column<string>(type: "text", nullable: true),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    confirmed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_status_subscribers", x => x.id);
                    table.ForeignKey(
                        name: "fk_status_subscribers_status_pages_status_page_id",
                        column: x => x.status_page_id,
                        principalTable: "status_pages",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "subscriber_mails",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    subscriber_id = table.Column<Guid>(type: "uuid", nullable: false),
                    update_id = table.Column<Guid>(type: "uuid", nullable: true),
                    state = table.Column<string>(type: "text", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    next_attempt_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_error = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_subscriber_mails", x => x.id);
                    table.ForeignKey(
                        name: "fk_subscriber_mails_incident_updates_update_id",
                        column: x => x.update_id,
                        principalTable: "incident_updates",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_subscriber_mails_status_subscribers_subscriber_id",
                        column: x => x.subscriber_id,
                        principalTable: "status_subscribers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_status_subscribers_address_status_page_id",
                table: "status_subscribers",
                columns: new[] { "address", "status_page_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_status_subscribers_status_page_id",
                table: "status_subscribers",
                column: "status_page_id");

            migrationBuilder.CreateIndex(
                name: "ix_subscriber_mails_next_attempt_at",
                table: "subscriber_mails",
                column: "next_attempt_at",
                filter: "state = 'Waiting'");

            migrationBuilder.CreateIndex(
                name: "ix_subscriber_mails_subscriber_id_update_id",
                table: "subscriber_mails",
                columns: new[] { "subscriber_id", "update_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_subscriber_mails_update_id",
                table: "subscriber_mails",
                column: "update_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "subscriber_mails");

            migrationBuilder.DropTable(
                name: "status_subscribers");
        }
    }
}
