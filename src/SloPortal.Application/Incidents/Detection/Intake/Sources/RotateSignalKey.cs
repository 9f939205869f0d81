using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.Detection.Intake.Sources;

/// <summary>Gives a source another key. The old one is worth nothing from this moment on.</summary>
public sealed record RotateSignalKey(string Team, Guid Id)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<NewSignalSource>> HandleAsync(RotateSignalKey request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<RotateSignalKey, NewSignalSource>(request, actor, Permission.OwnServices, async change =>
            {
                var found = await SourceToChange.FindAsync(change.Db, request.Team, request.Id, actor, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var source = found.Value;
                var (before, key) = (source.KeyHint, SignalKey.Generate());
                source.Rekey(SignalKey.HashOf(key), SignalKey.HintOf(key), change.Now);
                change.Audit("signal_source.key_rotated", "signal_source", source.Id, source.Name, new { before, source.KeyHint });
                change.Publish(SignalSourceDirectory.Topic);
                change.Publish("teams");
                return new NewSignalSource(source.Id, key);
            }, ct);
    }
}
