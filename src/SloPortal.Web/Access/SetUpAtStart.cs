using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using SloPortal.Application.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Web.Access;

/// <summary>
/// Before the first request: makes the first administrator from <c>SLOPORTAL_ADMIN_EMAIL</c> and <c>SLOPORTAL_ADMIN_PASSWORD</c>
/// (with <c>SLOPORTAL_ADMIN_TOKEN</c> a first API token), or prints the code with which a person does it in the browser. Where somebody has an account, the address alone.
/// </summary>
internal sealed class SetUpAtStart(
    IConfiguration configuration, SetUpUnattended.Handler setUp, SetUpCode code, IServer server, IHostApplicationLifetime lifetime, ILogger<SetUpAtStart> logger)
    : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var email = configuration["SLOPORTAL_ADMIN_EMAIL"];
        var password = configuration["SLOPORTAL_ADMIN_PASSWORD"];
        if (!string.IsNullOrEmpty(email) && !string.IsNullOrEmpty(password) && !await code.IsSetUpAsync(cancellationToken))
        {
            var outcome = await setUp.HandleAsync(new SetUpUnattended(email, password, configuration["SLOPORTAL_ADMIN_TOKEN"]), cancellationToken);
            if (outcome.Succeeded)
                logger.LogInformation("The first administrator, {Email}, was made from the environment", email);
            else if (outcome.Refusal.Kind != RefusalKind.Conflict)
                throw new InvalidOperationException($"The first administrator could not be made from the environment. {outcome.Refusal.Message}");
        }
        if (await code.RenewAsync(cancellationToken) is { } text)
            lifetime.ApplicationStarted.Register(() => logger.LogWarning("Nobody has an account yet. Open {Address}{Path} and enter the set-up code {Code}", Address(), Routes.SetUp, text));
        else
            lifetime.ApplicationStarted.Register(() => logger.LogInformation("SloPortal runs: open {Address} in a browser", Address()));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private string Address() =>
        (server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost")
            .Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal).Replace("*", "localhost", StringComparison.Ordinal)
            .TrimEnd('/');
}
