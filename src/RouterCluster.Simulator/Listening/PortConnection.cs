using Microsoft.AspNetCore.Connections;

namespace RouterCluster.Simulator.Listening;

/// <summary>A feature of the connection that tells a request its port.</summary>
internal sealed class PortConnection(ListeningPort port, ConnectionContext connection)
{
    private volatile bool _isBusy;

    public ListeningPort Port => port;

    public void RequestBegins() => _isBusy = true;

    public void RequestEnds() => _isBusy = false;

    public void AbortIfIdle()
    {
        if (!_isBusy)
        {
            connection.Abort(new ConnectionAbortedException("The port was closed."));
        }
    }
}
