using SloPortal.Application.Objectives;
using SloPortal.Application.Objectives.History;
using SloPortal.Application.Objectives.Proposals;
using SloPortal.Application.Objectives.Verdicts;
using SloPortal.Domain.Objectives;
using SloPortal.Web.Access;
using SloPortal.Web.Common;
using SloPortal.Web.Objectives.AsCode;

namespace SloPortal.Web.Objectives;

internal static class ObjectiveEndpoints
{
    public static void MapObjectives(this RouteGroupBuilder api)
    {
        var objectives = api.MapGroup("/objectives").WithTags("Objectives");

        objectives.MapGet("/in-force", async (DateTimeOffset? at, string? service, string? objective, ListVersionsInForce.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(new ListVersionsInForce(at, service, objective), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListVersionsInForce").WithSummary("What was promised at a moment; without one, now");

        objectives.MapPost("/", async (ProposeObjective request, ProposeObjective.Handler propose, CurrentActor current, CancellationToken ct) =>
                (await propose.HandleAsync(request, await current.GetAsync(ct), ct)).ToCreated(id => $"/api/v1/proposals/{id}"))
            .WithName("ProposeObjective").WithSummary("Proposes a new objective; owner and stakeholder must sign it");

        objectives.MapGet("/{service}/{slug}/corrections", async (string service, string slug, GetCorrectedWindow.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetCorrectedWindow(service, slug), await current.GetAsync(ct), ct)).ToOk())
            .WithName("GetCorrectedWindow").WithSummary("The running window with and without corrections of its SLI; null where nothing was corrected");

        objectives.MapGet("/{service}/{slug}/verdict", async (string service, string slug, GetVerdict.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetVerdict(service, slug), await current.GetAsync(ct), ct)).ToOk())
            .WithName("GetVerdict").WithSummary("Met, missed or undetermined in the running window, by each measurement of its SLI; null while nothing is agreed");

        objectives.MapGet("/{service}/{slug}", async (string service, string slug, GetObjective.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetObjective(service, slug), await current.GetAsync(ct), ct)).ToOk())
            .WithName("GetObjective").WithSummary("An objective with its versions, their signatures and what waits");

        objectives.MapGet("/{service}/{slug}/agreements", async (string service, string slug, GetAgreements.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetAgreements(service, slug), await current.GetAsync(ct), ct)).ToOk())
            .WithName("GetAgreements").WithSummary("Everything ever proposed and agreed for an objective, with evidence, signatures and when it held");

        objectives.MapPut("/{service}/{slug}", async (string service, string slug, ObjectiveNames names, RenameObjective.Handler rename, CurrentActor current, CancellationToken ct) =>
                (await rename.HandleAsync(new RenameObjective(service, slug, names.Name, names.Description, names.RowVersion), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("RenameObjective").WithSummary("Gives an objective another name and description");

        objectives.MapPost("/{service}/{slug}/archive", async (string service, string slug, ReasonGiven given, ArchiveObjective.Handler archive, CurrentActor current, CancellationToken ct) =>
                (await archive.HandleAsync(new ArchiveObjective(service, slug, given.Reason), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("ArchiveObjective").WithSummary("Ends an objective; its history stays");

        objectives.MapPost("/{service}/{slug}/release", async (string service, string slug, ReleaseObjective.Handler release, CurrentActor current, CancellationToken ct) =>
                (await release.HandleAsync(new ReleaseObjective(service, slug), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("ReleaseObjective").WithSummary("Takes an objective back from the file that manages it");

        objectives.MapPost("/{service}/{slug}/proposals", async (string service, string slug, ProposedTerms terms, ProposeVersion.Handler propose, CurrentActor current, CancellationToken ct) =>
                (await propose.HandleAsync(new ProposeVersion(service, slug, terms), await current.GetAsync(ct), ct)).ToCreated(id => $"/api/v1/proposals/{id}"))
            .WithName("ProposeVersion").WithSummary("Proposes new terms for an objective");

        objectives.MapAsCode();

        MapProposals(api.MapGroup("/proposals").WithTags("Objectives"));
    }

    private static void MapProposals(RouteGroupBuilder proposals)
    {
        proposals.MapGet("/", async (bool? waitingForMe, string? service, string? objective, EnumWord<ProposalState>? state, ListProposals.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(new ListProposals(waitingForMe ?? false, service, objective, state?.Value), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListProposals").WithSummary("Proposals, newest first");

        proposals.MapPost("/preview", async (PreviewProposal request, PreviewProposal.Handler preview, CurrentActor current, CancellationToken ct) =>
                (await preview.HandleAsync(request, await current.GetAsync(ct), ct)).ToOk())
            .WithName("PreviewProposal").WithSummary("What terms would have meant over the history, without proposing them");

        proposals.MapPost("/methods", async (CompareMethods request, CompareMethods.Handler compare, CurrentActor current, CancellationToken ct) =>
                (await compare.HandleAsync(request, await current.GetAsync(ct), ct)).ToOk())
            .WithName("CompareMethods").WithSummary("The same history counted by events, by time slices and by the mean of slices, over two kinds of window");

        proposals.MapGet("/{id:guid}", async (Guid id, GetProposal.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetProposal(id), await current.GetAsync(ct), ct)).ToOk())
            .WithName("GetProposal").WithSummary("A proposal with its evidence as it stood and its signatures");

        proposals.MapPost("/{id:guid}/sign", async (Guid id, SignatureGiven given, SignProposal.Handler sign, CurrentActor current, CancellationToken ct) =>
                (await sign.HandleAsync(new SignProposal(id, given.Reason, given.ContentHash, given.Password), await current.GetAsync(ct), ct)).ToOk())
            .WithName("SignProposal").WithSummary("Signs as the party that the proposal names; the second signature makes the version. Needs a session and the password: a token signs nothing");

        proposals.MapPost("/{id:guid}/reject", async (Guid id, ReasonGiven given, RejectProposal.Handler reject, CurrentActor current, CancellationToken ct) =>
                (await reject.HandleAsync(new RejectProposal(id, given.Reason), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("RejectProposal").WithSummary("Refuses the terms as a named party. Needs a session: a token refuses nothing");

        proposals.MapPost("/{id:guid}/withdraw", async (Guid id, ReasonGiven given, WithdrawProposal.Handler withdraw, CurrentActor current, CancellationToken ct) =>
                (await withdraw.HandleAsync(new WithdrawProposal(id, given.Reason), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("WithdrawProposal").WithSummary("Takes a proposal back");

        proposals.MapNegotiation();
    }
}

/// <summary>Why, in the words of the one who decides.</summary>
internal sealed record ReasonGiven(string Reason);

/// <param name="RowVersion">The rowVersion that was read; null to skip the check.</param>
internal sealed record ObjectiveNames(string Name, string Description, uint? RowVersion);
