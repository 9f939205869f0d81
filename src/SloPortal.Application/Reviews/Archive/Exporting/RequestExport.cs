using System.Text.Json;
using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Reviews.Archive;

namespace SloPortal.Application.Reviews.Archive.Exporting;

/// <summary>Asks for a signed copy of what a filter finds. It is made in the background, with the rights of whoever asks; a notice tells when it is ready.</summary>
public sealed record RequestExport(ArchiveFilter Filter)
{
    public sealed class Validator : AbstractValidator<RequestExport>
    {
        public Validator(IValidator<ArchiveFilter> filter)
        {
            RuleFor(r => r.Filter).NotNull().WithMessage("Say what to export; an empty filter is everything.").SetValidator(filter);
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Guid>> HandleAsync(RequestExport request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<RequestExport, Guid>(request, actor, Permission.Export, change =>
            {
                var export = new ArchiveExport(Guid.CreateVersion7(change.Now), JsonSerializer.Serialize(request.Filter, PortalJson.Options), actor.PersonId, change.Now);
                change.Db.ArchiveExports.Add(export);
                change.Audit("archive.export-requested", "export", export.Id, "Archive", new { request.Filter });
                change.Publish(RunExports.Topic(export.Id));
                return Task.FromResult<Outcome<Guid>>(export.Id);
            }, ct);
    }
}
