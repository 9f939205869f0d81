using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SloPortal.Application.Access;
using SloPortal.Application.Budgets.Notifying;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.OnCall;

namespace SloPortal.Application.Incidents.OnCall.Hours;

/// <summary>
/// Reads the holiday calendars of the teams: a new address at once, each once a day, and after a failure again in an hour. What was read before
/// stays when a calendar cannot be read.
/// </summary>
public sealed class ReadHolidays(IDbContextFactory<PortalDbContext> contexts, UnitOfWork work, IOptions<NotificationSettings> settings) : IPass, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly GuardedHttp http = new(new(settings.Value.AllowPrivateAddresses, settings.Value.AllowedHosts), Patience, HolidayCalendar.MostBytes);

    private sealed record Read(Guid TeamId);

    public string Name => "read-holidays";

    public TimeSpan Every => TimeSpan.FromMinutes(1);

    public async Task RunAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var (day, hour) = (now.AddDays(-1), now.AddHours(-1));
        var due = await db.TeamHours.AsNoTracking()
            .Where(h => h.CalendarAddress != null && (h.CalendarFailedAt != null ? h.CalendarFailedAt <= hour : h.CalendarReadAt == null || h.CalendarReadAt <= day))
            .Select(h => new { h.TeamId, h.CalendarAddress }).ToListAsync(ct);
        foreach (var one in due)
            await KeepAsync(one.TeamId, one.CalendarAddress!, await FetchAsync(one.CalendarAddress!, now, ct), ct);
    }

    public void Dispose() => http.Dispose();

    private async Task KeepAsync(Guid teamId, string address, Outcome<IReadOnlyList<Holiday>> read, CancellationToken ct) =>
        await work.ChangeAsync<Read, Done>(new Read(teamId), Actor.System("holidays"), Permission.OwnServices, async change =>
        {
            var hours = await change.Db.TeamHours.SingleOrDefaultAsync(h => h.TeamId == teamId, ct);
            // Somebody may have written another address while this one was read.
            if (hours?.CalendarAddress != address)
                return Refusal.Conflict("The address is another one now.");
            var team = await change.Db.Teams.AsNoTracking().SingleAsync(t => t.Id == teamId, ct);
            if (read.Succeeded)
                hours.TakeHolidays(read.Value, change.Now);
            else
                hours.FailCalendar(read.Refusal.Message, change.Now);
            change.Audit(read.Succeeded ? "team.holidays-read" : "team.holidays-failed", "team", team.Id, team.Name, new { Holidays = read.Value?.Count, Problem = read.Refusal?.Message });
            change.Publish("teams");
            change.Publish(OnCallAddresses.Topic);
            return Done.Value;
        }, ct);

    private async Task<Outcome<IReadOnlyList<Holiday>>> FetchAsync(string address, DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            using var response = await http.SendAsync(request, ct);
            if (!response.IsSuccessStatusCode)
                return Refusal.Invalid($"It answered {(int)response.StatusCode}; 200 was expected.");
            var (from, to) = TeamHoursToChange.Kept(now);
            return HolidayCalendar.Read(await response.Content.ReadAsStringAsync(ct), from, to, nameof(SetTeamHours.CalendarAddress));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Refusal.Invalid($"It took longer than {Patience.TotalSeconds:0} seconds.");
        }
        catch (Exception e) when (e is HttpRequestException or InvalidOperationException or NotSupportedException)
        {
            return Refusal.Invalid(e.InnerException switch
            {
                AddressRefusedException refused => refused.Message,
                SocketException socket => $"It could not be reached: {socket.Message}.",
                _ => $"It could not be read: {e.Message}",
            });
        }
    }
}
