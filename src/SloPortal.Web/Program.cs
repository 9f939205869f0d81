using Serilog;
using SloPortal.Data.Common;
using SloPortal.Web.Common;
using SloPortal.Web.Composition;
using SloPortal.Web.Demo;

var verb = CommandLine.Find(args);
if (verb is { NeedsPortal: false })
{
    using var nothing = Host.CreateEmptyApplicationBuilder(new()).Build();
    return await verb.RunAsync(args, nothing.Services, Console.Out, CancellationToken.None);
}
var builder = WebApplication.CreateBuilder(args);
builder.Host.UseSerilog((context, logging) => logging.ReadFrom.Configuration(context.Configuration).Enrich.FromLogContext().Enrich.With<KeyRedaction>());
// Outside a published folder the scripts and styles of packages lie where the build's manifest says, in every environment.
builder.WebHost.UseStaticWebAssets();
await builder.AddPortalAsync();
builder.AddDemo(wanted: args.Any(a => a is "--demo" or "--demo=true"));

await using var app = builder.Build();
// Asked for once, the container owns it: a command, or a start that is refused, stops the private server too.
_ = app.Services.GetService<PrivatePostgres>();
if (verb is not null)
    return await verb.RunAsync(args, app.Services, Console.Out, CancellationToken.None);
try
{
    await app.PrepareDatabaseAsync();
    await app.PrepareDemoAsync();
}
catch (Exception e) when (e is DatabaseAwayException or DemoRefusedException)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
app.UsePortal();
app.MapDemo();
await app.RunAsync();
return 0;
