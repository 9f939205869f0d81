using System.Globalization;
using Microsoft.AspNetCore.Components;
using SloPortal.Application.Access;
using SloPortal.Application.Measurement.Files;
using SloPortal.Application.Measurement.Queries;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Web.Access;
using SloPortal.Web.Common;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Measurement.Queries;

/// <summary>Adds or changes a statement against a PostgreSQL.</summary>
public sealed partial class SqlSourcePage
{
    private const string Example =
        """
        SELECT date_trunc('minute', placed_at) AS time,
               count(*) FILTER (WHERE state = 'done') AS good,
               count(*) AS total
        FROM orders
        WHERE placed_at >= @since
        GROUP BY 1
        """;

    private static readonly IReadOnlyList<Crumb> Way = [new("Sources", Routes.Sources)];

    private IReadOnlyList<FeedableSli> slis = [];
    private string? name = "";
    private string sli = "";
    private string? connection;
    private string? statement = Example;
    private string? minutes = "1";
    private string? every = "60";
    private string? days = "1";
    private QueryPreview? tested;
    private bool busy;
    private Refusal? refusal;
    private Refusal? denial;

    [Inject] private GetSqlSource.Handler Get { get; set; } = default!;
    [Inject] private CreateSqlSource.Handler Create { get; set; } = default!;
    [Inject] private UpdateSqlSource.Handler Update { get; set; } = default!;
    [Inject] private TestSqlSource.Handler Test { get; set; } = default!;
    [Inject] private ListFeedableSlis.Handler List { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;

    /// <summary>The query to change; null adds one.</summary>
    [Parameter] public int? Id { get; set; }

    private string? Connection => string.IsNullOrWhiteSpace(connection) ? null : connection;

    protected override async Task ReadAsync()
    {
        var actor = await Current.GetAsync();
        if (!actor.May(Permission.Administer))
        {
            denial = Denial.Of(actor, Permission.Administer);
            return;
        }
        slis = (await List.HandleAsync(new ListFeedableSlis(), actor, default)).Value ?? [];
        if (Id is not { } id)
            return;
        var outcome = await Get.HandleAsync(new GetSqlSource(id), actor, default);
        denial = outcome.Refusal;
        if (outcome.Value is { } query)
            (name, statement, minutes, every) = (query.Name, query.Statement, Text(query.Minutes), Text(query.EverySeconds));
    }

    private async Task SaveAsync()
    {
        if (busy)
            return;
        busy = true;
        var actor = await Current.GetAsync();
        if (Id is { } id)
        {
            refusal = (await Update.HandleAsync(new UpdateSqlSource(id, name ?? "", Connection, statement ?? "", Number(minutes), Number(every)), actor, default)).Refusal;
            if (refusal is null)
                Navigation.NavigateTo(Routes.Source(id));
        }
        else
        {
            var outcome = await Create.HandleAsync(new CreateSqlSource(name ?? "", Number(sli), Connection, statement ?? "", Number(minutes), Number(every), Number(days)), actor, default);
            refusal = outcome.Refusal;
            if (outcome.Succeeded)
                Navigation.NavigateTo(Routes.Source(outcome.Value));
        }
        busy = false;
    }

    private async Task TestAsync()
    {
        busy = true;
        var outcome = await Test.HandleAsync(new TestSqlSource(Connection, statement ?? "", Id), await Current.GetAsync(), default).OrUnanswered();
        (tested, refusal, busy) = (outcome.Value, outcome.Refusal, false);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int Number(string? text) => int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
