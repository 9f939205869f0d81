namespace SloPortal.Web.Tests.Common;

internal static class Eventually
{
    /// <summary>Waits for what a notice between portals brings about; the long limit only ends a test that fails.</summary>
    public static async Task HoldsAsync(Func<Task<bool>> condition)
    {
        for (var tries = 0; !await condition(); tries++)
        {
            Assert.True(tries < 300, "It did not come about within 30 s.");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }
}
