using System.Diagnostics;
using System.IO.Compression;
using Xunit;

namespace SloPortal.Web.Tests.Reviews;

/// <summary>The program as somebody runs it who has nothing else: no database, no settings.</summary>
public sealed class VerifyArchiveVerbTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("sloportal-verify-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Verify_ZipWithoutManifest_SaysSoAndExitsWithOne()
    {
        var file = Path.Combine(folder, "other.zip");
        await using (var zip = await ZipFile.OpenAsync(file, ZipArchiveMode.Create))
            zip.CreateEntry("hello.txt");

        var (code, output) = await RunAsync("verify", file);

        Assert.Equal(1, code);
        Assert.Contains("no manifest of a SloPortal archive", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder, "data")), "It started a database.");
    }

    [Theory]
    [InlineData(2, "Usage: sloportal verify", "verify")]
    [InlineData(2, "cannot be read", "verify", "no-such-file.zip")]
    [InlineData(0, "verify-audit", "help")]
    [InlineData(2, "verify-audit", "no-such-command")]
    public async Task Run_WithoutAPortal_Answers(int expected, string says, params string[] arguments)
    {
        var (code, output) = await RunAsync(arguments);

        Assert.Equal(expected, code);
        Assert.Contains(says, output, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "sloportal.dll"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        start.Environment["SLOPORTAL_DATA"] = Path.Combine(folder, "data");
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await error);
    }
}
