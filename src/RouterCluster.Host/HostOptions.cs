using System.Collections.Immutable;

namespace RouterCluster.Host;

/// <summary>Options for single settings become sets, so that their order alone decides between them.</summary>
/// <param name="Sets"><c>key=value</c> each, in the order of the command line; later ones win.</param>
/// <param name="Errors">One line each; empty when the command line can be used.</param>
public sealed record HostOptions(
    ImmutableArray<string> ConfigFiles, ImmutableArray<string> Sets, bool Help, bool Version, ImmutableArray<string> Errors)
{
    /// <summary>Bring the database to this program's schema and end.</summary>
    public bool Migrate { get; init; }


    public const string Usage = """
        Usage: RouterCluster.Host [options]

          --config FILE      HOCON over the defaults; repeatable, the last wins
          --set KEY=VALUE    one setting; repeatable, wins over files
          --data DIR         directory of the node's data (router.data-dir, default ./data)
          --http URL         listener (router.http.url, default http://127.0.0.1:8080)
          --node-port N      port of Akka remoting (router.node-port)
          --simulator-port N port of the demo's simulator (router.simulator-port, default 9090)
          --no-demo          no simulated channels, no demo credentials (router.demo = off)
          --migrate          bring the database to this program's schema, say from which version to which, and exit
          --help             this text
          --version          the version
        """;

    private static readonly HostOptions None = new([], [], false, false, []);

    /// <summary>The options with a value, and the settings for which they stand (null: none).</summary>
    private static readonly ImmutableDictionary<string, string?> ValueOptions = new Dictionary<string, string?>
    {
        ["--config"] = null,
        ["--set"] = null,
        ["--data"] = "router.data-dir",
        ["--http"] = "router.http.url",
        ["--node-port"] = "router.node-port",
        ["--simulator-port"] = "router.simulator-port",
    }.ToImmutableDictionary();

    private static readonly ImmutableArray<string> Flags = ["--no-demo", "--migrate", "--help", "--version"];

    public static HostOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = None;
        for (var at = 0; at < arguments.Count; at++)
        {
            var (name, inline) = Split(arguments[at]);
            if (!ValueOptions.ContainsKey(name))
            {
                options = inline is null ? options.WithFlag(name) : options.WithUnknown(name);
            }
            else if (inline is not null)
            {
                options = options.WithValue(name, inline);
            }
            else if (at + 1 < arguments.Count && !IsOption(arguments[at + 1]))
            {
                options = options.WithValue(name, arguments[++at]);
            }
            else
            {
                options = options.WithError($"{name}: a value is missing");
            }
        }

        return options;
    }

    /// <summary>Hides the sets, which may hold secrets.</summary>
    public override string ToString() => $"{ConfigFiles.Length} files, {Sets.Length} sets";

    /// <summary>Accepts <c>--http=URL</c> like <c>--http URL</c>.</summary>
    private static (string Name, string? Inline) Split(string argument)
    {
        var equals = argument.StartsWith("--", StringComparison.Ordinal) ? argument.IndexOf('=') : -1;
        return equals < 0 ? (argument, null) : (argument[..equals], argument[(equals + 1)..]);
    }

    private static bool IsOption(string argument) => ValueOptions.ContainsKey(Split(argument).Name) || Flags.Contains(argument);

    private HostOptions WithFlag(string name) => name switch
    {
        "--no-demo" => this with { Sets = Sets.Add("router.demo=off") },
        "--migrate" => this with { Migrate = true },
        "--help" => this with { Help = true },
        "--version" => this with { Version = true },
        _ => WithUnknown(name),
    };

    private HostOptions WithValue(string name, string value)
    {
        if (value.Length == 0)
        {
            return WithError($"{name}: a value is missing");
        }

        if (name == "--config")
        {
            return this with { ConfigFiles = ConfigFiles.Add(value) };
        }

        return name == "--set"
            ? this with { Sets = Sets.Add(value) }
            : this with { Sets = Sets.Add($"{ValueOptions[name]}={value}") };
    }

    /// <summary>A word without dashes may be the secret value of a mistyped option, so it is not shown.</summary>
    private HostOptions WithUnknown(string name)
    {
        var shown = name.StartsWith('-') ? name : "a value without an option";
        var allowed = ValueOptions.Keys.Concat(Flags).Order(StringComparer.Ordinal);
        return WithError($"{shown}: not known, allowed is {string.Join(", ", allowed)}");
    }

    private HostOptions WithError(string error) => this with { Errors = Errors.Add(error) };
}
