using System.Diagnostics;
using SloPortal.Domain.Measurement.Probes;

namespace SloPortal.Application.Measurement.Probes.Running;

/// <summary>What a run is at.</summary>
internal enum ProbePhase
{
    Start,
    Dns,
    Connect,
    Tls,
    Answer,
    Rest,
}

/// <summary>The stopwatch of one run: the time since the last step goes to the phase that it was in.</summary>
internal sealed class ProbeWatch
{
    private readonly long began = Stopwatch.GetTimestamp();
    private readonly double?[] spent = new double?[(int)ProbePhase.Rest + 1];
    private long entered = Stopwatch.GetTimestamp();

    public ProbePhase Phase { get; private set; }

    /// <summary>The address that was connected to.</summary>
    public string? Address { get; set; }

    public double TotalMs => Stopwatch.GetElapsedTime(began).TotalMilliseconds;

    public ProbeParts Parts => new(Of(ProbePhase.Dns), Of(ProbePhase.Connect), Of(ProbePhase.Tls), Of(ProbePhase.Answer), Math.Round(TotalMs, 3));

    public void Enter(ProbePhase phase)
    {
        var now = Stopwatch.GetTimestamp();
        spent[(int)Phase] = (spent[(int)Phase] ?? 0) + Stopwatch.GetElapsedTime(entered, now).TotalMilliseconds;
        (Phase, entered) = (phase, now);
    }

    /// <summary>The handshake ended; what follows is the answer.</summary>
    public void LeaveTls()
    {
        Phase = ProbePhase.Tls;
        Enter(ProbePhase.Answer);
    }

    /// <summary>A redirect is followed: only the last answer is told as first byte.</summary>
    public void Again() => spent[(int)ProbePhase.Answer] = null;

    private double? Of(ProbePhase phase) => spent[(int)phase] is { } ms ? Math.Round(ms, 3) : null;
}
