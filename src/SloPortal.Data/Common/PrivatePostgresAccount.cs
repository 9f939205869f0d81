namespace SloPortal.Data.Common;

/// <summary>
/// The account that the server runs as. PostgreSQL refuses to run as root, so root runs it inside a user namespace in which it
/// appears as an ordinary account (files stay root's), or, where namespaces are not permitted, as that account.
/// </summary>
/// <param name="Prefix">What stands before a command so that it runs as the account.</param>
/// <param name="Owner">Who must own the files, as chown takes it; null when the portal is not root.</param>
internal sealed record PrivatePostgresAccount(IReadOnlyList<string> Prefix, string? Owner)
{
    /// <summary>Root leaves a cluster to the account that owns it, so that the same person can use it without root again.</summary>
    public static async Task<PrivatePostgresAccount> ChooseAsync(string home, CancellationToken ct)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return new PrivatePostgresAccount([], null);
        }

        var answer = await PrivatePostgresCommand.RunAsync(["stat", "--format", "%u:%g", Path.Combine(home, "data")], "/", ct);
        var owner = answer.Output.Trim();
        PrivatePostgresAccount[] ways = answer.Succeeded && !owner.StartsWith("0:", StringComparison.Ordinal)
            ? [As(owner)]
            : await WaysToStartAnewAsync(ct);
        foreach (var way in ways)
        {
            if ((await way.RunAsync(["true"], "/", ct)).Succeeded)
            {
                return way;
            }
        }

        throw new PrivatePostgresUnavailableException(
            "PostgreSQL does not run as root, and neither unshare nor setpriv may change the account here: "
            + "run the portal as another account, or set ConnectionStrings__Portal to a database of yours.");
    }

    private static async Task<PrivatePostgresAccount[]> WaysToStartAnewAsync(CancellationToken ct)
    {
        // The account must have a name, since initdb asks for it. Packages of PostgreSQL create "postgres"; "nobody" is everywhere.
        var accounts = (await File.ReadAllLinesAsync("/etc/passwd", ct)).Select(line => line.Split(':')).ToList();
        var ordinary = accounts.Find(a => a[0] == "postgres") ?? accounts.Find(a => a[0] == "nobody");
        return ordinary is not [_, _, var user, var group, ..] ? [] :
        [
            new(["unshare", "--user", $"--map-user={user}", $"--map-group={group}", "--"], "0:0"),
            As($"{user}:{group}"),
        ];
    }

    private static PrivatePostgresAccount As(string owner) => owner.Split(':') is [var user, var group]
        ? new(["setpriv", $"--reuid={user}", $"--regid={group}", "--clear-groups", "--"], owner)
        : throw new ArgumentException("An owner is a user's and a group's number.", nameof(owner));

    public Task<PrivatePostgresCommand> RunAsync(IReadOnlyList<string> command, string folder, CancellationToken ct) =>
        PrivatePostgresCommand.RunAsync([.. Prefix, .. command], folder, ct);

    /// <summary>Gives a folder and all in it to the account; also after the way of running as root has changed.</summary>
    public async Task OwnAsync(string folder, CancellationToken ct)
    {
        if (Owner is not null)
        {
            await PrivatePostgresCommand.RunAsync(["chown", "-R", Owner, folder], "/", ct);
        }
    }

    /// <summary>Whether the account can enter the folder: every folder above it counts as well.</summary>
    public async Task<bool> CanEnterAsync(string folder, CancellationToken ct) =>
        Owner is null || (await RunAsync(["test", "-x", folder], "/", ct)).Succeeded;
}
