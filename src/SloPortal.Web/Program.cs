using Serilog;
using SloPortal.Web.Common;

var builder = WebApplication.CreateBuilder(args);
builder.Host.UseSerilog((context, logging) => logging.ReadFrom.Configuration(context.Configuration).Enrich.FromLogContext());
await builder.AddPortalAsync();

await using var app = builder.Build();
await app.PrepareDatabaseAsync();
app.UsePortal();
await app.RunAsync();
