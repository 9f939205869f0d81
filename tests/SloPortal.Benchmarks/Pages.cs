using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace SloPortal.Benchmarks;

/// <summary>
/// (d) The list of 1,000 objectives and the page of one, prerendered for a signed-in person by the real program, against a bare static
/// Blazor page with a table of 50 rows, and what the frame of every page costs alone. Closed loop, four connections, rounds in turn so that all meet the same machine.
/// </summary>
internal static partial class Pages
{
    private const int Objectives = 1000;
    private const int Connections = 4;
    private const int Rounds = 4;
    private const string Email = "pages@example.com";
    private const string Password = "a long password for nobody";
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan RoundLength = TimeSpan.FromSeconds(5);

    /// <param name="portfolio">Instead of the page of one: the portfolio of as many services, each with one objective.</param>
    public static async Task RunAsync(bool portfolio = false)
    {
        await using var bench = await EvaluationBench.StartAsync();
        // Hourly rows for 37 days: enough for every window and for the week's sparkline.
        await bench.FillAsync(Objectives, 30, "SELECT generate_series(0, 43260, 60)");
        await bench.FillHoursAsync();
        if (portfolio)
            await bench.SpreadOverServicesAsync(Objectives);
        await bench.AddPersonAsync(Email, Password);
        await bench.MeasureAsync(1);

        var portalAssembly = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../../src/SloPortal.Web/bin/Release/net10.0/sloportal.dll"));
        using var portal = await ServerProcess.StartAsync(portalAssembly, Path.GetFullPath(Path.Combine(portalAssembly, "../../../..")), [], new Dictionary<string, string>
        {
            ["ConnectionStrings__Portal"] = bench.ConnectionString,
        });
        using var bare = await ServerProcess.StartAsync(typeof(Pages).Assembly.Location, AppContext.BaseDirectory, ["bare-page"], new Dictionary<string, string>());
        using var portalClient = await SignInAsync(portal.Address);
        using var bareClient = new HttpClient { BaseAddress = bare.Address };

        Subject[] subjects =
        [
            new("bare page, 50 rows", bare, bareClient, "/"),
            new("the frame, no rows", portal, portalClient, "/objectives?filter=nobody-has-this-name"),
            new("list of 1,000 objectives", portal, portalClient, "/objectives"),
            portfolio ? new("portfolio of 1,000 services", portal, portalClient, "/portfolio") : new("page of one objective", portal, portalClient, "/objectives/bench/o-500"),
        ];
        // Until the runtime has compiled for good what is called often: the portal has more of that than the bare page.
        foreach (var subject in subjects)
            await LoadAsync(subject, WarmUp);
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var subject in subjects)
                subject.Rounds.Add(await LoadAsync(subject, RoundLength));
        }
        double bareCost = subjects[0].Median(r => r.ProcessorMilliseconds), frameCost = subjects[1].Median(r => r.ProcessorMilliseconds);
        foreach (var subject in subjects)
        {
            var cost = subject.Median(r => r.ProcessorMilliseconds);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{subject.Name,-27} {subject.Median(r => r.PerSecond),8:0} requests/s   {cost,6:0.00} ms CPU of the server a request   {cost / bareCost,5:0.0}× the bare page   {cost / frameCost,5:0.0}× the frame"));
        }
    }

    private static async Task<Round> LoadAsync(Subject subject, TimeSpan length)
    {
        var before = subject.Server.ProcessorSeconds;
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            var count = 0;
            for (; watch.Elapsed < length; count++)
            {
                using var response = await subject.Client.GetAsync(new Uri(subject.Path, UriKind.Relative));
                if (response.StatusCode != HttpStatusCode.OK)
                    throw new InvalidOperationException($"{subject.Name} answered {response.StatusCode}.");
                await response.Content.ReadAsByteArrayAsync();
            }
            return count;
        })));
        var requests = counts.Sum();
        return new Round(requests / watch.Elapsed.TotalSeconds, (subject.Server.ProcessorSeconds - before) * 1000 / requests);
    }

    /// <summary>Signs in as a browser does, with the form's own token, so that what is measured is a person's page.</summary>
    private static async Task<HttpClient> SignInAsync(Uri address)
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = address };
        var form = await client.GetStringAsync(new Uri("/sign-in", UriKind.Relative));
        using var fields = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["_handler"] = "sign-in",
            ["__RequestVerificationToken"] = Token().Match(form).Groups[1].Value,
            ["Input.Email"] = Email,
            ["Input.Password"] = Password,
        });
        using var answer = await client.PostAsync(new Uri("/sign-in", UriKind.Relative), fields);
        return answer.StatusCode == HttpStatusCode.Found ? client : throw new InvalidOperationException($"Signing in answered {answer.StatusCode}.");
    }

    private sealed record Round(double PerSecond, double ProcessorMilliseconds);

    private sealed record Subject(string Name, ServerProcess Server, HttpClient Client, string Path)
    {
        public List<Round> Rounds { get; } = [];

        public double Median(Func<Round, double> figure) => Rounds.Select(figure).Order().ElementAt(Rounds.Count / 2);
    }

    [GeneratedRegex("__RequestVerificationToken\" value=\"([^\"]+)\"", RegexOptions.CultureInvariant)]
    private static partial Regex Token();
}
