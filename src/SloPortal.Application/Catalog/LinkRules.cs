using FluentValidation;
using SloPortal.Application.Common;
using SloPortal.Domain.Catalog;

namespace SloPortal.Application.Catalog;

internal static class LinkRules
{
    public static IRuleBuilderOptions<T, IReadOnlyList<ServiceLink>> MustBeLinks<T>(this IRuleBuilder<T, IReadOnlyList<ServiceLink>> rule) =>
        rule.Must(links => links is { Count: <= 20 }).WithMessage("A service has at most 20 links.")
            .Must(links => links is null || links.All(l => l.Title is { Length: > 0 and <= 100 })).WithMessage("Each link needs a title of at most 100 characters.")
            .Must(links => links is null || links.All(l => ValidationRules.IsWebAddress(l.Url))).WithMessage("Each link needs an address that begins with https:// or http://.");
}
