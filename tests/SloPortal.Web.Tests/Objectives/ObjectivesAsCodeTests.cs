using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SloPortal.Domain.Measurement;
using SloPortal.Web.Objectives.AsCode;
using SloPortal.Web.Tests.Common;
using SloPortal.Web.Tests.Measurement;

namespace SloPortal.Web.Tests.Objectives;

public sealed class ObjectivesAsCodeTests : IAsyncLifetime
{
    private const string Wrong = "apiVersion: openslo/v1\nkind: Service\nmetadata:\n  name: Not_A_Label\nspec: {}\n";
    private const string Renamed = "apiVersion: openslo/v1\nkind: Service\nmetadata:\n  name: service-availability\n  displayName: Renamed by a file\nspec: {}\n";

    private PortalHost portal = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        portal = await PortalHost.StartAsync();
        await portal.AddSliAsync(new PushedRatio());
    }

    public async ValueTask DisposeAsync() => await portal.DisposeAsync();

    [Fact]
    public async Task Import_ByHttp_TellsInADryRunAndChangesAfterwards()
    {
        var dry = await ImportAsync(new { dryRun = true, files = new[] { new { name = "a.yaml", text = Renamed } } });
        var wrong = await ImportAsync(new { files = new[] { new { name = "a.yaml", text = Renamed }, new { name = "b.yaml", text = Wrong } } });
        var real = await ImportAsync(new { files = new[] { new { name = "a.yaml", text = Renamed } } });

        Assert.False(dry.GetProperty("applied").GetBoolean());
        Assert.Equal("Renamed by a file", dry.GetProperty("lines")[0].GetProperty("changes")[0].GetProperty("after").GetString());
        Assert.False(wrong.GetProperty("applied").GetBoolean());
        Assert.Contains(wrong.GetProperty("findings").EnumerateArray(), f => f.GetProperty("file").GetString() == "b.yaml" && f.GetProperty("line").GetInt32() == 4);
        Assert.True(real.GetProperty("applied").GetBoolean());
    }

    [Fact]
    public async Task Export_ByHttp_IsAFile()
    {
        using var answer = await portal.WithToken().GetAsync("/api/v1/objectives/export?form=rules", Ct);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/yaml", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("objectives.rules.yaml", answer.Content.Headers.ContentDisposition?.FileName);
        Assert.Equal(HttpStatusCode.NotFound, (await portal.WithToken().GetAsync("/api/v1/objectives/export?service=none", Ct)).StatusCode);
    }

    [Fact]
    public async Task Verb_Folder_NamesFileAndLineAndTellsByItsCode()
    {
        var folder = Directory.CreateTempSubdirectory("sloportal-openslo-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "a.yaml"), Renamed, Ct);
            var (dry, dryCode) = await RunAsync("import", "openslo", folder, "--dry-run");
            var (first, firstCode) = await RunAsync("import", "openslo", folder);
            var (second, _) = await RunAsync("import", "openslo", folder);
            await File.WriteAllTextAsync(Path.Combine(folder, "b.yaml"), Wrong, Ct);
            var (refused, refusedCode) = await RunAsync("import", "openslo", folder);

            Assert.Equal((0, 0, 1), (dryCode, firstCode, refusedCode));
            Assert.Contains("would change", dry, StringComparison.Ordinal);
            Assert.Contains("→ Renamed by a file", first, StringComparison.Ordinal);
            Assert.Contains("1 object: 1 unchanged.", second, StringComparison.Ordinal);
            Assert.Contains("b.yaml:4: refused: The name \"Not_A_Label\"", refused, StringComparison.Ordinal);
            Assert.Equal(2, (await RunAsync("import", "openslo", folder + "/nowhere")).Code);
            Assert.Equal(2, (await RunAsync("import", "openslo", folder, "--wrong")).Code);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<JsonElement> ImportAsync(object body)
    {
        using var answer = await portal.WithToken().PostAsJsonAsync("/api/v1/objectives/import", body, Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }

    private async Task<(string Output, int Code)> RunAsync(params string[] arguments)
    {
        await using var output = new StringWriter();
        var code = await new ImportObjectivesVerb().RunAsync(arguments, portal.Services, output, Ct);
        return (output.ToString(), code);
    }
}
