using System.Globalization;
using Serilog;
using SloPortal.Data.Common;
using SloPortal.Web.Common;

// Until the configured logger exists, so that starting the private PostgreSQL is seen.
Log.Logger = new LoggerConfiguration().WriteTo.Console(formatProvider: CultureInfo.InvariantCulture).CreateBootstrapLogger();
try
{
    var builder = WebApplication.CreateBuilder(args);
    builder.Host.UseSerilog((context, logging) => logging.ReadFrom.Configuration(context.Configuration).Enrich.FromLogContext());
    await builder.AddPortalAsync();

    await using var app = builder.Build();
    await app.PrepareDatabaseAsync();
    app.UsePortal();
    await app.RunAsync();
    return 0;
}
catch (PrivatePostgresUnavailableException e)
{
    Log.Fatal("{Reason}", e.Message);
    return 1;
}
finally
{
    await Log.CloseAndFlushAsync();
}
