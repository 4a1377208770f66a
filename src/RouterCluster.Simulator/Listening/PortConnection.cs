using Microsoft.AspNetCore.Connections;

namespace RouterCluster.Simulator.Listening;

/// <summary>Travels as a feature of the connection, so that a request knows the port it came in by.</summary>
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
