using System.Text;
using Microsoft.Extensions.Hosting;
using SloPortal.Application.Measurement.Files;
using SloPortal.Application.Measurement.Ingest.Writing;
using SloPortal.Application.Measurement.Slis;
using SloPortal.Application.Tests.Measurement.Slis;
using SloPortal.Domain.Access;
using SloPortal.Domain.Measurement.Files;

namespace SloPortal.Application.Tests.Measurement.Files;

/// <summary>A portal with an SLI of pushed counts, to which files are brought.</summary>
internal sealed class FilePortal : IAsyncDisposable
{
    private FilePortal(MeasuringPortal portal) => Portal = portal;

    public MeasuringPortal Portal { get; }

    public int SliId { get; private set; }

    public Actor Member => new() { Kind = ActorKind.Person, Name = "Ada", Roles = [Role.Viewer], TeamIds = [Portal.TeamId] };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<FilePortal> OpenAsync(params IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var files = new FilePortal(await MeasuringPortal.OpenAsync(Ct, settings));
        await ((IHostedService)files.Portal.Get<IngestWriter>()).StartAsync(Ct);
        files.SliId = await files.AddSliAsync("orders");
        return files;
    }

    public async Task<int> AddSliAsync(string slug) =>
        (await Portal.Get<CreateSli.Handler>().HandleAsync(new CreateSli("shop", slug, slug, "", null, new SliDraft { Kind = SliKind.Pushed }), Actor.System("test"), Ct)).Require();

    public async Task<Guid> StageAsync(byte[] content, int? source = null, Actor? actor = null, int? sli = null) =>
        (await Portal.Get<StageFile.Handler>().HandleAsync(new StageFile(source is null ? sli ?? SliId : null, source, "rows.csv", new MemoryStream(content)), actor ?? Member, Ct)).Require();

    /// <summary>Brings a file and counts it; a new source where none is given.</summary>
    public async Task<FileRunDetails> CountAsync(byte[] content, int? source = null, RowMapping? mapping = null)
    {
        var run = await StageAsync(content, source);
        var guess = (await Portal.Get<PreviewRows.Handler>().HandleAsync(new PreviewRows(run, mapping), Member, Ct)).Require();
        (await Portal.Get<StartFileRun.Handler>().HandleAsync(new StartFileRun(run, guess.Mapping, source is null ? $"files {run}" : null), Member, Ct)).Require();
        return await FinishAsync(run);
    }

    public Task<FileRunDetails> CountAsync(string content, int? source = null, RowMapping? mapping = null) => CountAsync(Encoding.UTF8.GetBytes(content), source, mapping);

    public async Task<FileRunDetails> FinishAsync(Guid run)
    {
        await Portal.Get<FileRunner>().RunAsync(run, Ct);
        return (await Portal.Get<GetFileRun.Handler>().HandleAsync(new GetFileRun(run), Member, Ct)).Require();
    }

    public async Task<(double Good, double Total)> CountsAsync(int? sli = null)
    {
        await using var command = Portal.Database.CreateCommand("SELECT coalesce(sum(good), 0), coalesce(sum(total), 0) FROM sli_minutes WHERE sli_id = $1");
        command.Parameters.Add(new() { Value = sli ?? SliId });
        await using var reader = await command.ExecuteReaderAsync(Ct);
        await reader.ReadAsync(Ct);
        return (reader.GetDouble(0), reader.GetDouble(1));
    }

    public async Task<long> ScalarAsync(string sql)
    {
        await using var command = Portal.Database.CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(Ct), System.Globalization.CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        await ((IHostedService)Portal.Get<IngestWriter>()).StopAsync(CancellationToken.None);
        await Portal.DisposeAsync();
    }
}
