using System.Text;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Governance.Retention;
using SloPortal.Application.Measurement.Files;
using SloPortal.Application.Measurement.Ingest;
using SloPortal.Application.Tests.Measurement.Slis;
using SloPortal.Data;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Files;

namespace SloPortal.Application.Tests.Measurement.Files;

public sealed class FileRunTests : IAsyncLifetime
{
    private const string Counts = "minute,good,total\n2026-11-23 10:00,9,10\n2026-11-23 10:01,10,10\n";

    private FilePortal files = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => files = await FilePortal.OpenAsync();

    public ValueTask DisposeAsync() => files.DisposeAsync();

    [Fact]
    public async Task Run_GoodAndBadRows_KeepsTheGoodOnesAndListsTheOthersByLine()
    {
        var run = await files.CountAsync(Counts + "then,1,1\n2026-11-23 10:02,11,10\n2020-01-01 00:00,1,1\n2026-11-23 10:03,1,2");

        Assert.Equal((FileRunState.Done, 6, 3, 0, 3), (run.Row.State, run.Row.RowsRead, run.Row.Kept, run.Row.Duplicates, run.Row.Refused));
        Assert.Equal((20, 22), await files.CountsAsync());
        Assert.Equal((20, 22), (run.Row.Good, run.Row.Total));
        var refused = (await files.Portal.Get<ListRefusedRows.Handler>().HandleAsync(new ListRefusedRows(run.Row.Id), files.Member, Ct)).Require();
        Assert.Equal([4, 5, 6], refused.Items.Select(r => r.Line));
        Assert.Contains("older than what the portal keeps", refused.Items[2].Reason, StringComparison.Ordinal);
        Assert.Equal(0L, await files.ScalarAsync("SELECT count(*) FROM file_run_parts"));
        Assert.Equal(["file-run.ended", "file-run.started", "file.uploaded"], (await ActionsAsync()).Order());
    }

    [Fact]
    public async Task Run_SameFileAgain_ChangesNothing()
    {
        var first = await files.CountAsync(Counts);
        var second = await files.CountAsync(Counts, first.SourceId);

        Assert.Equal((0, 2), (second.Row.Kept, second.Row.Duplicates));
        Assert.Equal((19, 20), await files.CountsAsync());
    }

    [Fact]
    public async Task Run_EqualLines_AreEventsEach_AndAnOverlapAddsOnlyWhatIsNew()
    {
        const string Line = "2026-11-23T10:00:00Z,200\n";
        var first = await files.CountAsync("time,status\n" + Line + Line);
        var second = await files.CountAsync("time,status\n" + Line + Line + Line + "2026-11-23T10:00:01Z,500\n", first.SourceId);

        Assert.Equal((2, 2, 2), (first.Row.Kept, second.Row.Kept, second.Row.Duplicates));
        Assert.Equal((3, 4), await files.CountsAsync());
    }

    [Fact]
    public async Task Run_SameRowsFromAnotherSource_CountThereToo()
    {
        await files.CountAsync(Counts);
        await files.CountAsync(Counts);

        Assert.Equal((38, 40), await files.CountsAsync());
    }

    [Fact]
    public async Task Run_Interrupted_GoesOnBehindWhatIsStored()
    {
        var text = new StringBuilder("time,status\n");
        for (var i = 0; i < 9000; i++)
            text.Append(MeasuringPortal.Now.AddDays(-1).AddSeconds(i / 3).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)).Append(i % 10 == 0 ? ",500\n" : ",200\n");
        var id = await files.StageAsync(Encoding.UTF8.GetBytes(text.ToString()));
        (await files.Portal.Get<StartFileRun.Handler>().HandleAsync(
            new StartFileRun(id, (await files.Portal.Get<PreviewRows.Handler>().HandleAsync(new PreviewRows(id), files.Member, Ct)).Require().Mapping, "long"), files.Member, Ct)).Require();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var run = files.Portal.Get<FileRunner>().RunAsync(id, stop.Token);
        while (await files.ScalarAsync("SELECT rows_read FROM file_runs") == 0)
            await Task.Yield();
        await stop.CancelAsync();
        await Task.WhenAny(run);
        var between = await files.ScalarAsync("SELECT rows_read FROM file_runs");

        var done = await files.FinishAsync(id);

        Assert.InRange(between, 1, 9000);
        Assert.Equal((FileRunState.Done, 9000, 9000, 0), (done.Row.State, done.Row.RowsRead, done.Row.Kept, done.Row.Duplicates));
        Assert.Equal((8100, 9000), await files.CountsAsync());
    }

    [Fact]
    public async Task Preview_File_ShowsWhatWouldCount_AndCountsNothing()
    {
        var run = await files.StageAsync(Encoding.UTF8.GetBytes("time;status;took\n2026-11-23 10:00:01;200;0,2\n2026-11-23 10:00:02;oops;0,3\n" + string.Concat(Enumerable.Repeat("2026-11-23 10:00:03;503;1\n", 8))));
        var preview = (await files.Portal.Get<PreviewRows.Handler>().HandleAsync(new PreviewRows(run), files.Member, Ct)).Require();

        Assert.Equal((";", true, "time", "status"), (preview.Mapping.Delimiter, preview.Mapping.DecimalComma, preview.Mapping.Time.Column, preview.Mapping.Counts.Column));
        Assert.Equal((9, 1, 1.0, true), (preview.Taken, preview.Refused, preview.Good, preview.IsWhole));
        Assert.Equal((0, 0), await files.CountsAsync());
    }

    [Fact]
    public async Task Preview_OfKnownRows_SaysHowMany()
    {
        var first = await files.CountAsync(Counts);
        var run = await files.StageAsync(Encoding.UTF8.GetBytes(Counts + "2026-11-23 10:02,1,1\n"), first.SourceId);

        Assert.Equal(2, (await files.Portal.Get<PreviewRows.Handler>().HandleAsync(new PreviewRows(run), files.Member, Ct)).Require().Known);
    }

    [Fact]
    public async Task Stage_ByAStranger_IsDenied_AndKeepsNothing()
    {
        var outcome = await files.Portal.Get<StageFile.Handler>().HandleAsync(new StageFile(files.SliId, null, "x", new MemoryStream([1])), MeasuringPortal.Stranger, Ct);

        Assert.Equal(RefusalKind.Denied, outcome.Refusal?.Kind);
        Assert.Equal(0L, await files.ScalarAsync("SELECT count(*) FROM file_runs"));
    }

    [Fact]
    public async Task Stage_EmptyFile_IsRefused_AndKeepsNothing()
    {
        var outcome = await files.Portal.Get<StageFile.Handler>().HandleAsync(new StageFile(files.SliId, null, "x", new MemoryStream()), files.Member, Ct);

        Assert.Equal(RefusalKind.Invalid, outcome.Refusal?.Kind);
        Assert.Equal(0L, await files.ScalarAsync("SELECT count(*) FROM file_runs"));
    }

    [Fact]
    public async Task Run_TextThatPostgresqlDoesNotTake_IsListedAll()
    {
        var run = await files.CountAsync([.. Encoding.Unicode.GetBytes("\ufeff" + Counts + "2026-11-23 10:02,1,1\n2026-11-23 10:03,1,1\n2026-11-23 10:04,1,1\n"), 0, 0, 0x41, 0, 0x00, 0xd8, 0x2c, 0, 0x31, 0, 0x2c, 0, 0x31, 0]);

        Assert.Equal((5, 1), (run.Row.Kept, run.Row.Refused));
    }

    [Fact]
    public async Task Forget_KeysOfOldMinutes_GoWithThem()
    {
        await files.CountAsync(Counts);
        await new PurgeOldData(files.Portal.Get<IDbContextFactory<PortalDbContext>>(), files.Portal.Get<UnitOfWork>()).RunAsync(MeasuringPortal.Now.AddDays(401), Ct);

        Assert.Equal(0L, await files.ScalarAsync("SELECT count(*) FROM row_keys"));
    }

    private async Task<List<string>> ActionsAsync()
    {
        await using var command = files.Portal.Database.CreateCommand("SELECT action FROM audit_entries WHERE subject_kind = 'file'");
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var actions = new List<string>();
        while (await reader.ReadAsync(Ct))
            actions.Add(reader.GetString(0));
        return actions;
    }
}
