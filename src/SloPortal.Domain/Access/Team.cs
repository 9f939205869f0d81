namespace SloPortal.Domain.Access;

/// <summary>A group of people who own services together and are told when those burn.</summary>
public sealed class Team
{
    private Team() { }

    public Team(Guid id, string slug, string name, string description, DateTimeOffset createdAt)
    {
        Id = id;
        Slug = slug;
        Name = name;
        Description = description;
        CreatedAt = createdAt;
    }

    public Guid Id { get; private set; }
    public string Slug { get; private set; } = "";
    public string Name { get; private set; } = "";
    public string Description { get; private set; } = "";
    public DateTimeOffset CreatedAt { get; private set; }
    public List<TeamMember> Members { get; } = [];

    /// <summary>Optimistic concurrency; PostgreSQL's xmin.</summary>
    public uint Version { get; private set; }

    public void Describe(string slug, string name, string description)
    {
        Slug = slug;
        Name = name;
        Description = description;
    }
}

/// <summary>That a person belongs to a team.</summary>
public sealed class TeamMember
{
    private TeamMember() { }

    public TeamMember(Guid teamId, Guid personId)
    {
        TeamId = teamId;
        PersonId = personId;
    }

    public Guid TeamId { get; private set; }
    public Guid PersonId { get; private set; }
}
