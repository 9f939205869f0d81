using System.Net;
using System.Net.Sockets;

namespace SloPortal.TestSupport;

/// <summary>A port of this machine on which nobody listens, for a program that has to be told its port.</summary>
internal static class FreePort
{
    public static int Take()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
