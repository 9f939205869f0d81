using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SloPortal.Application.Access;
using SloPortal.Application.Measurement.Files;
using SloPortal.Application.Measurement.Files.Watching;
using SloPortal.Application.Tests.Measurement.Slis;
using SloPortal.Data;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Files;

namespace SloPortal.Application.Tests.Measurement.Files;

public sealed class WatchPassTests : IAsyncLifetime
{
    private const string Header = "time,status\n";

    private readonly string root = Directory.CreateTempSubdirectory("watched-").FullName;
    private FilePortal files = null!;
    private WatchPass pass = null!;
    private int source;
    private int looks;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Folder => Path.Combine(root, "shop");

    public async ValueTask InitializeAsync()
    {
        files = await FilePortal.OpenAsync(KeyValuePair.Create<string, string?>("Files:WatchedRoot", root));
        Directory.CreateDirectory(Folder);
        var mapping = new RowMapping { Time = new TimeRule("time", TimeForm.Iso), Counts = new CountRule(RowMeaning.Event) { Column = "status", Test = GoodTest.StatusClasses, Value = "2xx" } };
        source = (await files.Portal.Get<CreateFileFeed.Handler>().HandleAsync(new CreateFileFeed("watched", files.SliId, mapping), files.Member, Ct)).Require();
        (await WatchAsync("shop")).Require();
        pass = new WatchPass(files.Portal.Get<IDbContextFactory<PortalDbContext>>(), files.Portal.Get<IOptions<WatchSettings>>(), files.Portal.Get<UnitOfWork>(), NullLogger<WatchPass>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await files.DisposeAsync();
        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public async Task Run_FileThatGrows_CountsEachLineOnce_AndTheLastOneWhenItIsWhole()
    {
        await WriteAsync("a.csv", Header + Line(0, 200) + Line(0, 200) + "2026-11-23T10:00");
        await LookAsync(quiet: false);
        Assert.Equal((2, 2), await files.CountsAsync());

        // The rest of the line, one that equals those before, and one without its end.
        await File.AppendAllTextAsync(Path.Combine(Folder, "a.csv"), ":05Z,500\n" + Line(0, 200) + Line(9, 200).TrimEnd(), Ct);
        await LookAsync(quiet: false);
        Assert.Equal((3, 4), await files.CountsAsync());

        await LookAsync(quiet: true);
        await LookAsync(quiet: true);
        Assert.Equal((4, 5), await files.CountsAsync());
        Assert.Equal(3L, await files.ScalarAsync("SELECT count(*) FROM file_runs"));
        Assert.Equal(0L, await files.ScalarAsync("SELECT sum(duplicates) FROM file_runs"));
    }

    [Fact]
    public async Task Run_RenamedFileAndItsSuccessor_CountsOnlyTheSuccessor()
    {
        await WriteAsync("access.csv", Header + Line(0, 200));
        await LookAsync(quiet: true);
        File.Move(Path.Combine(Folder, "access.csv"), Path.Combine(Folder, "access.1.csv"));
        await WriteAsync("access.csv", Header + Line(60, 500));
        await LookAsync(quiet: true);

        Assert.Equal((1, 2), await files.CountsAsync());
        Assert.Equal(2L, await files.ScalarAsync("SELECT count(*) FROM file_runs"));
    }

    [Fact]
    public async Task Run_LinkOutOfTheRoot_IsNotFollowed()
    {
        var outside = Directory.CreateTempSubdirectory("outside-").FullName;
        await File.WriteAllTextAsync(Path.Combine(outside, "secret.csv"), Header + Line(0, 200), Ct);
        File.CreateSymbolicLink(Path.Combine(Folder, "secret.csv"), Path.Combine(outside, "secret.csv"));
        Directory.CreateSymbolicLink(Path.Combine(root, "elsewhere"), outside);
        await LookAsync(quiet: true);

        Assert.Equal((0, 0), await files.CountsAsync());
        Assert.Equal(RefusalKind.Invalid, (await WatchAsync("elsewhere")).Refusal?.Kind);
        Directory.Delete(outside, recursive: true);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("shop/../..")]
    [InlineData("/etc")]
    [InlineData("no-such-folder")]
    public async Task Watch_FolderElsewhere_IsRefused(string folder) => Assert.Equal(RefusalKind.Invalid, (await WatchAsync(folder)).Refusal?.Kind);

    private Task<Outcome<Done>> WatchAsync(string folder) =>
        files.Portal.Get<WatchFolder.Handler>().HandleAsync(new WatchFolder(source, folder), MeasuringPortal.Administrator, Ct);

    private async Task WriteAsync(string name, string text) => await File.WriteAllTextAsync(Path.Combine(Folder, name), text, Ct);

    private static string Line(int seconds, int status) =>
        $"{MeasuringPortal.Now.AddHours(-2).AddSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)},{status}\n";

    private async Task LookAsync(bool quiet)
    {
        foreach (var file in Directory.EnumerateFiles(Folder).Where(f => new FileInfo(f).LinkTarget is null))
            File.SetLastWriteTimeUtc(file, MeasuringPortal.Now.UtcDateTime.AddSeconds((quiet ? -600 : -60) + ++looks));
        await pass.RunAsync(MeasuringPortal.Now, Ct);
        foreach (var run in await WaitingAsync())
            Assert.Equal(FileRunState.Done, (await files.FinishAsync(run)).Row.State);
    }

    private async Task<List<Guid>> WaitingAsync()
    {
        await using var command = files.Portal.Database.CreateCommand("SELECT id FROM file_runs WHERE state = 'Waiting' ORDER BY created_at");
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var runs = new List<Guid>();
        while (await reader.ReadAsync(Ct))
            runs.Add(reader.GetGuid(0));
        return runs;
    }
}
