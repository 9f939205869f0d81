using Microsoft.Extensions.DependencyInjection;
using SloPortal.Application.Incidents.Detection.Intake.Deployments;
using SloPortal.Application.Incidents.Detection.Intake.Mail;
using SloPortal.Application.Incidents.Detection.Intake.Sources;

namespace SloPortal.Application.Incidents.Detection.Intake;

internal static class IntakeRegistration
{
    /// <summary>What the operations on signals share, and the listener for mail.</summary>
    public static void AddSignalIntake(this IServiceCollection services)
    {
        services.AddSingleton<SignalSecrets>();
        services.AddSingleton<SignalSourceDirectory>();
        services.AddSingleton<SourceHealth>();
        services.AddSingleton<DeliveryLines>();
        services.AddTransient<DeploymentIntake>();
        services.AddOptions<SignalMailSettings>().BindConfiguration("Signals:Mail");
        services.AddSingleton<MailListener>();
        services.AddHostedService(provider => provider.GetRequiredService<MailListener>());
    }
}
