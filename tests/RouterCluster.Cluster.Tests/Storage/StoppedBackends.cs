using Npgsql;
using RouterCluster.Cluster.Tests.Processes;

namespace RouterCluster.Cluster.Tests.Storage;

/// <summary>PostgreSQL's processes that serve one database, held by SIGSTOP: connections stand and nobody answers.</summary>
internal sealed class StoppedBackends : IAsyncDisposable
{
    private readonly List<int> _stopped;

    private StoppedBackends(List<int> stopped) => _stopped = stopped;

    public static async Task<IAsyncDisposable> StopAsync(string storage)
    {
        await using var connection = new NpgsqlConnection($"{storage};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
        var found = new List<int>();
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                found.Add(reader.GetInt32(0));
            }
        }

        found.ForEach(backend => Signals.Send(backend, Signal.Stop));
        return new StoppedBackends(found);
    }

    public ValueTask DisposeAsync()
    {
        _stopped.ForEach(backend => Signals.TrySend(backend, Signal.Continue));
        return ValueTask.CompletedTask;
    }
}
