namespace SloPortal.Web.Common;

/// <summary>A thing that the program does from the command line instead of serving: <c>sloportal NAME …</c>.</summary>
internal interface IVerb
{
    string Name { get; }

    /// <summary>One line for <c>sloportal help</c>.</summary>
    string Summary { get; }

    /// <summary>Whether it works on this installation's database; otherwise it starts nothing, and its services are empty.</summary>
    bool NeedsPortal => true;

    /// <returns>The exit code of the program.</returns>
    Task<int> RunAsync(IReadOnlyList<string> arguments, IServiceProvider services, TextWriter output, CancellationToken ct);
}
