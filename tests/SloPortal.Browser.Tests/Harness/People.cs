namespace SloPortal.Browser.Tests.Harness;

/// <summary>Somebody with an account, whose session a visitor can continue.</summary>
internal sealed record Somebody(string Email, string Name, Guid Id, string Session);

/// <summary>Makes accounts as people get them: an administrator invites, the invited follow the link.</summary>
internal sealed class People(string address, PortalApi api)
{
    private string? administrator;

    /// <summary>The session of the first administrator.</summary>
    public async Task<string> AdministratorAsync(CancellationToken ct)
    {
        if (administrator is null)
        {
            var visitor = await Visitor.ComeAsync(address, null, ct);
            await visitor.SignInAsync(RunningPortal.AdminEmail);
            administrator = await visitor.StorageStateAsync();
            await visitor.Context.CloseAsync();
        }
        return administrator;
    }

    /// <param name="name">The first word is the address: "Olga Owner" is olga@example.org.</param>
    public async Task<Somebody> InviteAsync(string name, string[] roles, string[] teams, CancellationToken ct)
    {
        var email = name.Split(' ')[0].ToLowerInvariant() + "@example.org";
        var invitation = await api.PostAsync("/invitations", new { email, roles, teams }, ct);
        var visitor = await Visitor.ComeAsync(address, null, ct);
        await visitor.AcceptInvitationAsync(invitation.GetProperty("link").GetString()!, name);
        var session = await visitor.StorageStateAsync();
        await visitor.Context.CloseAsync();
        var found = await api.GetAsync($"/people?filter={email}", ct);
        return new Somebody(email, name, found.GetProperty("items")[0].GetProperty("id").GetGuid(), session);
    }

    /// <summary>Signs what stands there, with the password of this person.</summary>
    public async Task SignAsync(Somebody who, Guid proposal, CancellationToken ct, string reason = "Agreed.")
    {
        var contentHash = (await api.GetAsync($"/proposals/{proposal}", ct)).GetProperty("contentHash").GetString();
        await PostAsync(who, $"/proposals/{proposal}/sign", new { reason, contentHash, password = RunningPortal.Password }, ct);
    }

    /// <summary>What the page of this person would send, without the page.</summary>
    public async Task PostAsync(Somebody who, string path, object body, CancellationToken ct)
    {
        var visitor = await Visitor.ComeAsync(address, who.Session, ct);
        var response = await visitor.Context.APIRequest.PostAsync($"{address}/api/v1{path}", new() { DataObject = body });
        if (!response.Ok)
            throw new InvalidOperationException($"{path} answered {response.Status}: {await response.TextAsync()}");
        await visitor.Context.CloseAsync();
    }
}
