using SloPortal.Domain.Access;
using SloPortal.Domain.Incidents.Detection.Intake;

namespace SloPortal.Application.Incidents.Detection.Intake.Sources;

/// <summary>A source that has shown its key.</summary>
/// <param name="Service">Slug of its service.</param>
/// <param name="ProtectedSecret">What its deliveries are signed with, encrypted.</param>
public sealed record KnownSource(
    Guid Id, Guid TeamId, SignalSourceKind Kind, string Name, Guid? ServiceId, string? Service, string ServiceLabel, string? ProtectedSecret)
{
    /// <summary>Who acts when it sends: it may send and nothing else.</summary>
    public Actor Actor { get; } = new() { Kind = ActorKind.Token, Name = $"Signal source {Name}", TeamIds = [TeamId], Scopes = TokenScope.Ingest };

    public SignalOrigin Origin => Kind switch
    {
        SignalSourceKind.Alertmanager => SignalOrigin.Alertmanager,
        SignalSourceKind.PagerDuty => SignalOrigin.PagerDuty,
        SignalSourceKind.CloudEvents => SignalOrigin.CloudEvents,
        SignalSourceKind.Grafana => SignalOrigin.Grafana,
        SignalSourceKind.Mail => SignalOrigin.Mail,
        SignalSourceKind.GitHub or SignalSourceKind.GitLab => throw new InvalidOperationException("It tells deployments and no signals."),
        _ => throw new InvalidOperationException($"Unknown kind {Kind}."),
    };
}
