using Npgsql;
using SloPortal.Application.Common;
using SloPortal.TestSupport;

namespace SloPortal.Application.Tests.Common;

public sealed class PortalFailureTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task IsDatabaseAway_NoneOfSeveralServersAnswers_IsAwayAtOnceAndWhileThatIsRemembered()
    {
        await using var source = new NpgsqlDataSourceBuilder(
            $"Host=127.0.0.1:{FreePort.Take()},127.0.0.1:{FreePort.Take()};Username=sloportal;Target Session Attributes=primary").Build();

        for (var attempt = 0; attempt < 2; attempt++)
        {
            var failure = await Assert.ThrowsAnyAsync<Exception>(async () => await source.OpenConnectionAsync(Ct));
            Assert.True(PortalFailure.IsDatabaseAway(failure), failure.ToString());
        }
    }

    [Theory]
    [InlineData(PostgresErrorCodes.ReadOnlySqlTransaction, true)]
    [InlineData(PostgresErrorCodes.AdminShutdown, true)]
    [InlineData(PostgresErrorCodes.UniqueViolation, false)]
    public void IsDatabaseAway_ServerRefuses_IsAwayWhereItDoesNotWriteAtPresent(string code, bool away) =>
        Assert.Equal(away, PortalFailure.IsDatabaseAway(new InvalidOperationException("wrapped", new PostgresException("refused", "ERROR", "ERROR", code))));

    [Theory]
    [InlineData(typeof(IOException))]
    [InlineData(typeof(TimeoutException))]
    public void IsDatabaseAway_ConnectionOfAnotherKindBreaks_IsNot(Type type) =>
        Assert.False(PortalFailure.IsDatabaseAway((Exception)Activator.CreateInstance(type)!));
}
