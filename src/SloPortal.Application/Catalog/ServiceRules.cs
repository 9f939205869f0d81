using FluentValidation;
using SloPortal.Application.Common;
using SloPortal.Domain.Catalog;

namespace SloPortal.Application.Catalog;

/// <summary>What somebody says of a service, when it is added and when it is changed.</summary>
public interface IServiceDescription
{
    string Slug { get; }
    string Name { get; }
    string Description { get; }
    ServiceTier Tier { get; }
    string OwnerTeam { get; }
    IReadOnlyList<ServiceLink> Links { get; }
}

/// <summary>The shape of it.</summary>
public abstract class ServiceRules<T> : AbstractValidator<T> where T : IServiceDescription
{
    protected ServiceRules()
    {
        RuleFor(r => r.Slug).MustBeSlug();
        RuleFor(r => r.Name).Must(n => !string.IsNullOrWhiteSpace(n)).WithMessage("Give the service a name.")
            .MaximumLength(100).WithMessage("A name has at most 100 characters.");
        RuleFor(r => r.Description).NotNull().WithMessage("Leave the description empty rather than out.")
            .MaximumLength(4000).WithMessage("A description has at most 4,000 characters.");
        RuleFor(r => r.Tier).IsInEnum().WithMessage("A tier is critical, important, standard or low.");
        RuleFor(r => r.OwnerTeam).NotEmpty().WithMessage("Choose the team that owns the service.");
        RuleFor(r => r.Links).Must(links => links is { Count: <= 20 }).WithMessage("A service has at most 20 links.")
            .Must(links => links is null || links.All(l => l is { Title.Length: > 0 and <= 100 })).WithMessage("Each link needs a title of at most 100 characters.")
            .Must(links => links is null || links.All(l => ValidationRules.IsWebAddress(l?.Url))).WithMessage("Each link needs an address that begins with https:// or http://.");
    }
}
