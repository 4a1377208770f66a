using System.Data.Common;
using System.Net.Sockets;
using Akka.Remote;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Node.Settings;

namespace RouterCluster.Node;

public static class StartUpFaults
{
    /// <summary>Null when no setting explains the fault.</summary>
    public static StartUpException? Of(Exception fault, RouterSettings settings) => fault switch
    {
        DbException when settings.Storage.Provider == StorageProvider.Sqlite => new StartUpException(
            "router.data-dir", $"\"{settings.Node.DataDirectory}\"", $"one with a router's databases ({fault.Message})", fault),
        DbException => new StartUpException(
            "router.storage.connection-string", "(hidden)", $"a database that answers ({fault.Message})", fault),
        RemoteTransportException => new StartUpException(
            "router.node-port", $"\"{settings.Node.NodePort}\"", "a port that is free", fault),
        IOException { InnerException: { } inner } when inner.GetBaseException() is SocketException =>
            OfListener(fault, settings),
        SocketException => OfListener(fault, settings),
        _ => fault.InnerException is { } cause ? Of(cause, settings) : null,
    };

    private static StartUpException OfListener(Exception fault, RouterSettings settings)
    {
        var isAdmin = settings.Node.AdminUrl != settings.Http.Url
            && fault.Message.Contains(settings.Node.AdminUrl, StringComparison.Ordinal);
        var (key, url) = isAdmin ? ("router.admin-url", settings.Node.AdminUrl) : ("router.http.url", settings.Http.Url);
        return new StartUpException(key, $"\"{url}\"", "an address that can be listened on", fault);
    }
}
