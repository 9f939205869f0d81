namespace SloPortal.Application.Tests.Measurement.Fuzzing;

/// <summary>What came of a run.</summary>
internal sealed record FuzzResult(int Inputs, int Read, int Compared, long MostAllocated);

/// <summary>
/// Gives a target damaged inputs, and fails with the seed and the bytes of the first input for which it throws, allocates more than its bound, or counts
/// something else than the plain reading. Work is bounded by what is allocated and by the length of the input, which a clock on a busy machine cannot tell.
/// </summary>
internal static class FuzzRun
{
    public static FuzzResult Of(FuzzTarget target, int inputs, int seed)
    {
        var mutator = new Mutator(seed);
        var wrapped = target.Wrap is null ? target.Examples : [.. target.Examples.Select(target.Wrap)];
        foreach (var example in target.Examples)
        {
            Assert.True(Try(target, target.Wrap?.Invoke(example) ?? example, example, out _, out _), $"{target.Name} does not read an example.");
        }

        var (read, compared, most) = (0, 0, 0L);
        for (var i = 0; i < inputs; i++)
        {
            var before = target.Wrap is not null && mutator.Coin() ? mutator.Next(target.Examples) : null;
            var input = before is null ? mutator.Next(wrapped) : target.Wrap!(before);
            try
            {
                var plain = before ?? (target.Wrap is null ? input : null);
                read += Try(target, input, plain, out var same, out var allocated) ? 1 : 0;
                compared += same ? 1 : 0;
                most = Math.Max(most, allocated);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"{target.Name}, seed {seed}, input {i}: {e.Message}\n{Convert.ToHexString(input)}", e);
            }
        }

        return new FuzzResult(inputs, read, compared, most);
    }

    private static bool Try(FuzzTarget target, byte[] input, byte[]? plain, out bool same, out long allocated)
    {
        var start = GC.GetAllocatedBytesForCurrentThread();
        var counted = target.Read(input);
        allocated = GC.GetAllocatedBytesForCurrentThread() - start;
        Assert.True(allocated <= target.BytesForAny + ((long)target.BytesPerByte * input.Length), $"{allocated} bytes were allocated for {input.Length}.");
        var expected = counted is null || plain is null ? null : target.Plain(plain);
        same = expected is not null;
        if (expected is not null)
        {
            Assert.Equal(expected, counted);
        }

        return counted is not null;
    }
}
