using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;

namespace SloPortal.Domain.Tests.Incidents;

public sealed class IncidentTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 10, 12, 0, 0, TimeSpan.Zero);

    private static Incident Make(DateTimeOffset? startedAt = null) => new(Guid.NewGuid(), "Checkout fails", "", IncidentSeverity.Sev2, startedAt ?? Noon, Guid.NewGuid(), Noon);

    [Fact]
    public void ChangeStatus_EveryPair_FollowsTheRules()
    {
        foreach (var from in Enum.GetValues<IncidentStatus>())
        {
            foreach (var to in Enum.GetValues<IncidentStatus>())
            {
                var incident = At(from);

                var refusal = incident.ChangeStatus(to, Noon.AddHours(2));

                if (IncidentStatusRules.Next(from).Contains(to))
                    Assert.Equal((null, to), (refusal, incident.Status));
                else
                    Assert.Equal((RefusalKind.Conflict, from), (refusal?.Kind, incident.Status));
            }
        }
    }

    [Fact]
    public void ChangeStatus_BeforeTheStart_IsRefused() =>
        Assert.Equal(RefusalKind.Invalid, Make().ChangeStatus(IncidentStatus.Acknowledged, Noon.AddMinutes(-1))?.Kind);

    [Fact]
    public void ChangeStatus_ComesBack_OpensTheImpactAgain()
    {
        var incident = At(IncidentStatus.Mitigated);
        Assert.NotNull(incident.EndedAt);

        incident.ChangeStatus(IncidentStatus.Acknowledged, Noon.AddHours(3));

        Assert.Null(incident.EndedAt);
    }

    [Fact]
    public void MayBeRunBy_RoleInPortalOrHere_Decides()
    {
        var incident = Make();
        var viewer = new Actor { Kind = ActorKind.Person, PersonId = Guid.NewGuid(), Name = "V", Roles = [Role.Viewer] };
        var auditor = viewer with { PersonId = Guid.NewGuid(), Roles = [Role.Auditor] };

        Assert.True(incident.MayBeRunBy(viewer with { Roles = [Role.IncidentCommander] }));
        Assert.False(incident.MayBeRunBy(viewer));
        incident.Assign(IncidentRole.Commander, viewer.PersonId);
        Assert.True(incident.MayBeRunBy(viewer));
        incident.Assign(IncidentRole.Commander, auditor.PersonId);
        Assert.False(incident.MayBeRunBy(auditor));
    }

    [Fact]
    public void MergeInto_Earlier_MovesPartsAndStart()
    {
        var (merged, survivor) = (Make(Noon.AddHours(-1)), Make());
        var (alert, objective, service) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        merged.Join(alert, objective, service);

        Assert.Null(merged.MergeInto(survivor, Noon));

        Assert.Equal((Noon.AddHours(-1), IncidentStatus.Closed), (survivor.StartedAt, merged.Status));
        Assert.Equal((alert, objective, service), (Assert.Single(survivor.Alerts).AlertId, Assert.Single(survivor.ObjectiveIds), Assert.Single(survivor.ServiceIds)));
        Assert.Empty(merged.Alerts);
        Assert.Equal(RefusalKind.Conflict, Make().MergeInto(merged, Noon)?.Kind);
        Assert.Equal(RefusalKind.Invalid, survivor.MergeInto(survivor, Noon)?.Kind);
    }

    [Fact]
    public void MergeInto_OneIsRestricted_LeavesOnlyWhoSawBoth()
    {
        var (open, hidden) = (Make(), Make());
        var reader = Guid.NewGuid();
        hidden.Restrict([reader]);

        Assert.NotNull(hidden.MergeInto(open, Noon));
        Assert.False(open.IsRestricted);
        Assert.Null(hidden.MergeInto(open, Noon, narrow: true));

        Assert.Equal([true, false], new[] { reader, Guid.NewGuid() }.Select(open.MayBeSeenBy));
    }

    [Fact]
    public void MergeInto_RoleHolderWouldBeShutOut_IsRefusedAndChangesNothing()
    {
        var (open, hidden) = (Make(), Make());
        hidden.Restrict([Guid.NewGuid()]);
        open.Assign(IncidentRole.Commander, Guid.NewGuid());

        Assert.Contains("commander", hidden.MergeInto(open, Noon, narrow: true)!.Message, StringComparison.Ordinal);
        Assert.Equal((false, false), (open.IsRestricted, hidden.IsMerged));
    }

    private static Incident At(IncidentStatus status)
    {
        var incident = Make();
        if (status == IncidentStatus.Closed)
            incident.ChangeStatus(IncidentStatus.Resolved, Noon.AddHours(1));
        if (status != IncidentStatus.Detected)
            Assert.Null(incident.ChangeStatus(status, Noon.AddHours(1)));
        return incident;
    }
}
