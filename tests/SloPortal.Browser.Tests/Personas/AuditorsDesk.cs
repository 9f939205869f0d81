using System.Diagnostics;
using System.IO.Compression;
using SloPortal.Browser.Tests.Harness;

namespace SloPortal.Browser.Tests.Personas;

/// <summary>A clean folder on another machine, as far as one is needed: an archive, a public key, and what every Linux has.</summary>
internal sealed class AuditorsDesk : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("sloportal-desk-").FullName;

    private AuditorsDesk()
    {
    }

    public string Zip => Path.Combine(folder, "archive.zip");

    public string Key => Path.Combine(folder, "KEY.pem");

    public string Unpacked => Path.Combine(folder, "archive");

    /// <param name="fetch">Puts the archive at the path.</param>
    /// <param name="pem">The public key as the portal shows it, got on another way than the archive.</param>
    public static async Task<AuditorsDesk> LayOutAsync(Func<string, Task> fetch, string pem)
    {
        var desk = new AuditorsDesk();
        await fetch(desk.Zip);
        await File.WriteAllTextAsync(desk.Key, pem + "\n");
        await ZipFile.ExtractToDirectoryAsync(desk.Zip, desk.Unpacked);
        return desk;
    }

    /// <summary>Runs the commands of README.txt as they stand there, and gives what they print.</summary>
    public async Task<string> FollowReadMeAsync(CancellationToken ct)
    {
        var commands = (await File.ReadAllLinesAsync(Path.Combine(Unpacked, "README.txt"), ct)).Select(l => l.Trim())
            .Where(l => new[] { "openssl ", "sha256sum ", "grep ", "diff " }.Any(tool => l.StartsWith(tool, StringComparison.Ordinal))).ToList();
        Assert.Equal(5, commands.Count);
        var printed = new List<string>();
        foreach (var command in commands)
            printed.Add((await RunAsync("/bin/bash", ["-c", command.Replace("KEY.pem", Key, StringComparison.Ordinal)], ct)).Printed);
        return string.Join('\n', printed);
    }

    /// <summary><c>sloportal verify</c> on the zip as it is.</summary>
    public Task<(int Code, string Printed)> VerifyAsync(CancellationToken ct) => RunAsync("dotnet", [PortalPlaces.Program, "verify", Zip, "--key", Key], ct);

    /// <summary>Changes one bit in the midst of a file, in the folder and in the zip.</summary>
    public async Task FlipAsync(string file, CancellationToken ct)
    {
        var path = Path.Combine(Unpacked, file);
        var bytes = await File.ReadAllBytesAsync(path, ct);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, ct);
        await using var zip = await ZipFile.OpenAsync(Zip, ZipArchiveMode.Update, ct);
        zip.GetEntry(file)!.Delete();
        await zip.CreateEntryFromFileAsync(path, file, ct);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private async Task<(int Code, string Printed)> RunAsync(string program, string[] arguments, CancellationToken ct)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Unpacked, Environment = { ["LC_ALL"] = "C" },
        })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(ct), process.StandardError.ReadToEndAsync(ct));
        await process.WaitForExitAsync(ct);
        return (process.ExitCode, await output + await errors);
    }
}
