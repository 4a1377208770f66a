using System.Data.Common;
using System.Net.Sockets;
using Akka.Remote;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Node.Settings;

namespace RouterCluster.Node;

/// <summary>A setting that is well formed and does not work here: said in a line as any wrong setting is.</summary>
public sealed class StartUpException(string key, string value, string allowed, Exception? cause)
    : Exception($"{key}: {value}, allowed is {allowed}", cause)
{
    /// <summary>Null for what no setting is to blame for.</summary>
    public static StartUpException? Of(Exception fault, RouterSettings settings) => fault switch
    {
        DbException when settings.Storage.Provider == StorageProvider.Sqlite => new StartUpException(
            "router.data-dir", $"\"{settings.DataDirectory}\"", $"one with a router's databases ({fault.Message})", fault),
        DbException => new StartUpException(
            "router.storage.connection-string", "(hidden)", $"a database that answers ({fault.Message})", fault),
        RemoteTransportException => new StartUpException(
            "router.node-port", $"\"{settings.NodePort}\"", "a port that is free", fault),
        IOException { InnerException: { } inner } when inner.GetBaseException() is SocketException =>
            OfListener(fault, settings),
        SocketException => OfListener(fault, settings),
        _ => fault.InnerException is { } cause ? Of(cause, settings) : null,
    };

    private static StartUpException OfListener(Exception fault, RouterSettings settings)
    {
        var isAdmin = settings.AdminUrl != settings.Http.Url
            && fault.Message.Contains(settings.AdminUrl, StringComparison.Ordinal);
        return isAdmin
            ? new StartUpException("router.admin-url", $"\"{settings.AdminUrl}\"", "an address that can be listened on", fault)
            : new StartUpException("router.http.url", $"\"{settings.Http.Url}\"", "an address that can be listened on", fault);
    }
}
