using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using SloPortal.Data.Common;

namespace SloPortal.Data.Migrations
{
    /// <summary>Changes no entity, so it has no model of its own.</summary>
    [DbContext(typeof(PortalDbContext))]
    [Migration("20261127084700_MinutePartitions")]
    public partial class MinutePartitions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(SqlResource.Read("minute_partitions"));

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new NotSupportedException("Minutes by month are not put together again; restore a backup of before.");
    }
}
