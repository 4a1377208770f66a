namespace RouterCluster.Node.Platform.Telemetry;

/// <summary>A scope whose value belongs to every line that is written in it. Other scopes are left out of lines.</summary>
internal interface ILogScope
{
    string Name { get; }

    string Value { get; }
}

internal sealed class LogScopes
{
    public IExternalScopeProvider? Provider { get; set; }

    /// <summary>Those of the line that is being written, from the outermost on.</summary>
    public List<KeyValuePair<string, object?>> Values()
    {
        var values = new List<KeyValuePair<string, object?>>();
        Provider?.ForEachScope(
            static (scope, found) =>
            {
                if (scope is ILogScope known)
                {
                    found.Add(new(known.Name, known.Value));
                }
            },
            values);
        return values;
    }
}
