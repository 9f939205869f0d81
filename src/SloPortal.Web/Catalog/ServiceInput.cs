using SloPortal.Application.Catalog;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Common;

namespace SloPortal.Web.Catalog;

/// <summary>What the form of a service holds while somebody types.</summary>
public sealed class ServiceInput
{
    private string name = "";
    private string slug = "";
    private bool slugIsOwn;

    public ServiceInput() { }

    public ServiceInput(ServiceDetails service)
    {
        ArgumentNullException.ThrowIfNull(service);
        name = service.Name;
        slug = service.Slug;
        slugIsOwn = true;
        Description = service.Description;
        Tier = service.Tier;
        OwnerTeam = service.Team;
        Links = [.. service.Links.Select(l => new LinkInput { Title = l.Title, Url = l.Url })];
    }

    public string Name
    {
        get => name;
        set
        {
            name = value ?? "";
            if (!slugIsOwn)
                slug = Domain.Common.Slug.From(name);
        }
    }

    /// <summary>Follows the name until somebody writes their own; emptied, it follows again.</summary>
    public string Slug
    {
        get => slug;
        set
        {
            slug = (value ?? "").Trim();
            slugIsOwn = slug.Length > 0 && slug != Domain.Common.Slug.From(name);
        }
    }

    public string Description { get; set; } = "";

    public ServiceTier Tier { get; set; } = ServiceTier.Standard;

    public string OwnerTeam { get; set; } = "";

    public List<LinkInput> Links { get; init; } = [];

    /// <summary>Rows that were left empty are not links.</summary>
    public IReadOnlyList<ServiceLink> GivenLinks =>
        [.. Links.Where(l => l.Title.Trim().Length + l.Url.Trim().Length > 0).Select(l => new ServiceLink(l.Title.Trim(), l.Url.Trim()))];
}

public sealed class LinkInput
{
    public string Title { get; set; } = "";

    public string Url { get; set; } = "";
}
