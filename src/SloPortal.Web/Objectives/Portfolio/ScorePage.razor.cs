using System.Globalization;
using Microsoft.AspNetCore.Components;
using SloPortal.Application.Catalog.Scoring;
using SloPortal.Domain.Access;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Catalog.Scoring;
using SloPortal.Domain.Common;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Objectives.Portfolio;

/// <summary>What a service means to the business, the score that follows line by line, and a decision otherwise.</summary>
public sealed partial class ScorePage
{
    private readonly HashSet<string> frameworks = [];
    private ElementReference first;
    private Refusal? refusal;
    private Refusal? trouble;
    private Refusal? overrideTrouble;
    private string? filledFor;
    private bool busy;
    private bool saved;
    private bool overriding;
    private bool justBegun;
    private string? revenue;
    private string currency = "";
    private string? users;
    private string? contracts;
    private PromiseKind promise;
    private ServiceTier tier;
    private string? rationale;

    [Inject] private GetScore.Handler Get { get; set; } = default!;
    [Inject] private DescribeImpact.Handler Describe { get; set; } = default!;
    [Inject] private OverrideScore.Handler Override { get; set; } = default!;
    [Inject] private TakeBackOverride.Handler TakeBack { get; set; } = default!;

    [Parameter] public string Slug { get; set; } = "";

    private ScoreDetail? Shown { get; set; }

    protected override IReadOnlyList<string> Topics { get; } = ["services", "dependencies", "contracts"];

    private string? ContractsHint => Shown?.ContractsInTerm switch
    {
        null or 0 => null,
        1 => "One is entered under Contracts; the higher figure counts.",
        var many => $"{many} are entered under Contracts; the higher figure counts.",
    };

    private IReadOnlyList<Crumb> Way => [new("Portfolio", Routes.Portfolio), new(Shown?.Name ?? Slug, Routes.Service(Slug))];

    protected override async Task OnParametersSetAsync()
    {
        if (Shown?.Slug != Slug)
            await ReadAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var asked = Slug;
        var outcome = await Get.HandleAsync(new GetScore(asked), actor, Left);
        if (asked != Slug)
            return;
        (Shown, refusal) = (outcome.Value, outcome.Refusal);
        // What somebody types is not replaced by what somebody else saved.
        if (Shown is not null && filledFor != asked)
            Fill(Shown);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!justBegun)
            return;
        justBegun = false;
        await first.FocusAsync();
    }

    private void Fill(ScoreDetail score)
    {
        filledFor = score.Slug;
        revenue = score.Inputs.RevenuePerHour?.ToString("0.##", CultureInfo.InvariantCulture);
        currency = score.Currencies.Contains(score.Inputs.Currency) ? score.Inputs.Currency : score.Currencies[0];
        users = score.Inputs.Users?.ToString(CultureInfo.InvariantCulture);
        contracts = score.ContractsGiven?.ToString(CultureInfo.InvariantCulture);
        frameworks.Clear();
        frameworks.UnionWith(score.Inputs.Frameworks.Intersect(score.Frameworks));
    }

    private void Mark(string framework, ChangeEventArgs change)
    {
        if (change.Value is true)
            frameworks.Add(framework);
        else
            frameworks.Remove(framework);
    }

    private async Task SaveAsync()
    {
        (saved, trouble) = (false, null);
        if (Number(revenue, "RevenuePerHour", decimal.Parse) is not { } money || Number(users, "Users", long.Parse) is not { } people || Number(contracts, "Contracts", int.Parse) is not { } signed)
            return;
        busy = true;
        trouble = (await Describe.HandleAsync(
            new DescribeImpact(Slug, money.Value, currency, people.Value, [.. frameworks], signed.Value, Shown!.ImpactVersion), await Current.GetAsync(Left), Left)).Refusal;
        busy = false;
        if (trouble is not null)
            return;
        saved = true;
        filledFor = null;
        await ReadAsync();
    }

    /// <summary>What was typed, empty for nothing; null after saying that it is no number.</summary>
    private Typed<T>? Number<T>(string? text, string field, Func<string, NumberStyles, IFormatProvider, T> parse) where T : struct
    {
        var typed = (text ?? "").Replace(",", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        if (typed.Length == 0)
            return new Typed<T>(null);
        try
        {
            return new Typed<T>(parse(typed, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            trouble = Refusal.Invalid(field, $"\"{text}\" is no number that can be counted with. Write it in digits, or leave it empty.");
            return null;
        }
    }

    private sealed record Typed<T>(T? Value) where T : struct;

    private void BeginOverride() =>
        (overriding, justBegun, overrideTrouble, promise, tier, rationale) = (true, true, null, Shown!.Score.Promise, Shown.Score.Tier, "");

    private async Task OverrideAsync()
    {
        busy = true;
        overrideTrouble = (await Override.HandleAsync(new OverrideScore(Slug, tier, promise, rationale ?? ""), await Current.GetAsync(Left), Left)).Refusal;
        busy = false;
        if (overrideTrouble is not null)
            return;
        overriding = false;
        await ReadAsync();
    }

    private async Task TakeBackAsync()
    {
        trouble = (await TakeBack.HandleAsync(new TakeBackOverride(Slug), await Current.GetAsync(Left), Left)).Refusal;
        await ReadAsync();
    }
}
