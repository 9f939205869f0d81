using System.Globalization;

namespace SloPortal.Application.Tests.Measurement.Fuzzing;

/// <summary>
/// Every decoder, with damaged inputs. A longer run: <c>SLOPORTAL_FUZZ=1000000 dotnet test tests/SloPortal.Application.Tests --filter FuzzTests</c>,
/// with <c>SLOPORTAL_FUZZ_SEED</c> for other inputs.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    public static TheoryData<string> Targets => [.. FuzzTargets.All.Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Read_DamagedInputs_NeverThrowsNeverSwellsAndNeverCountsWrong(string name)
    {
        var result = FuzzRun.Of(FuzzTargets.All.Single(t => t.Name == name), Setting("SLOPORTAL_FUZZ", 20_000), Setting("SLOPORTAL_FUZZ_SEED", 1));

        output.WriteLine($"{name}: {result.Inputs} inputs, {result.Read} read, {result.Compared} compared, at most {result.MostAllocated:N0} bytes allocated");
        // A run in which nothing is read any more would find nothing.
        Assert.True(result.Read > result.Inputs / 50 && result.Compared > result.Inputs / 50, result.ToString());
    }

    private static int Setting(string name, int usual) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } set ? int.Parse(set, CultureInfo.InvariantCulture) : usual;
}
