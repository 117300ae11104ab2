using System.Net;
using System.Net.Sockets;

namespace Marketplace.Testing;

public static class LoopbackPort
{
    /// <summary>One that nobody listens on now. Somebody else may be quicker.</summary>
    public static int Free()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
