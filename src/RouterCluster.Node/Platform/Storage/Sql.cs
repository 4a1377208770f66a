using System.Data.Common;

namespace RouterCluster.Node.Platform.Storage;

internal static class Sql
{
    public static async Task<int> ExecuteAsync(
        this DbConnection connection,
        string statement,
        CancellationToken cancellation,
        params (string Name, object Value)[] parameters)
    {
        await using var command = connection.Command(statement, parameters);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    public static async Task<IReadOnlyList<T>> QueryAsync<T>(
        this DbConnection connection,
        string statement,
        Func<DbDataReader, T> read,
        CancellationToken cancellation,
        params (string Name, object Value)[] parameters)
    {
        await using var command = connection.Command(statement, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellation))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private static DbCommand Command(this DbConnection connection, string statement, (string Name, object Value)[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = statement;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
