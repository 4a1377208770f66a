using System.CommandLine;

namespace RouterCluster.Cli.Connection;

/// <summary>
/// The options of every verb. An option overrides its environment variable, and both override the context in use. A context's
/// token goes to the context's address alone.
/// </summary>
internal sealed class ConnectionOptions
{
    private const string DefaultUrl = "http://127.0.0.1:8080";

    private readonly Option<string?> _token = new("--token")
    {
        Description = "The operator's token; else --token-file, the context's file, ROUTERCTL_TOKEN, else none is sent. A shell "
            + "keeps what stands here in its history.",
        HelpName = "token",
        Recursive = true,
    };

    private readonly Option<string?> _context = new("--context")
    {
        Description = "An environment of context list; else ROUTERCTL_CONTEXT, else the one in use (context use).",
        HelpName = "name",
        Recursive = true,
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "Print the node's answer as it came.",
        Recursive = true,
    };

    private readonly Option<bool> _yes = new("--yes")
    {
        Description = "Do not ask before a change of a live environment.",
        Recursive = true,
    };

    public Option<string?> Url { get; } = new("--url")
    {
        Description = $"The node's address; else ROUTERCTL_URL, the context's, else {DefaultUrl}.",
        HelpName = "url",
        Recursive = true,
    };

    public Option<string?> TokenPath { get; } = new("--token-file")
    {
        Description = "A file with the operator's token, which nobody else may read.",
        HelpName = "path",
        Recursive = true,
    };

    /// <summary>Added by the verbs that have more than one form.</summary>
    public Option<string?> Output { get; } = OutputOption.New();

    public void AddTo(RootCommand root)
    {
        root.Add(Url);
        root.Add(_token);
        root.Add(TokenPath);
        root.Add(_context);
        root.Add(_yes);
        root.Add(_json);
    }

    public bool WantsJson(ParseResult parsed) =>
        parsed.GetValue(_json) || parsed.GetValue(Output) == OutputOption.Json;

    /// <summary>Null, with the <paramref name="mistake"/>, when the address or the token is not usable.</summary>
    public Target? Resolve(ParseResult parsed, CliEnvironment environment, out string mistake)
    {
        var (name, context) = ContextOf(parsed, environment, out mistake);
        if (mistake.Length > 0)
        {
            return null;
        }

        var address = Given(parsed.GetValue(Url)) ?? context?.Url ?? Given(environment.Variable("ROUTERCTL_URL")) ?? DefaultUrl;
        if (!IsAddress(address, out var url))
        {
            mistake = $"--url (or ROUTERCTL_URL) must be an http or https address, not '{address}'";
            return null;
        }

        var token = TokenOf(parsed, environment, name, context, out mistake);
        if (mistake.Length == 0 && token is not null && !token.All(letter => letter is > ' ' and <= '~'))
        {
            mistake = "--token (or ROUTERCTL_TOKEN) must be printable ASCII without spaces";
        }

        return mistake.Length > 0 ? null : new Target(url, token, WantsJson(parsed))
        {
            Context = name, IsLive = context?.Live == true, IsAgreed = parsed.GetValue(_yes),
        };
    }

    public static bool IsAddress(string text, out Uri url) =>
        Uri.TryCreate(text, UriKind.Absolute, out url!) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps);

    /// <summary>None where the node is given by its address.</summary>
    private (string? Name, SavedContext? Context) ContextOf(ParseResult parsed, CliEnvironment environment, out string mistake)
    {
        mistake = "";
        var named = Given(parsed.GetValue(_context));
        if (named is not null && Given(parsed.GetValue(Url)) is not null)
        {
            mistake = "--url and --context name two nodes: give one of them";
            return default;
        }

        if (named is null && (Given(parsed.GetValue(Url)) ?? Given(environment.Variable("ROUTERCTL_URL"))) is not null)
        {
            return default;
        }

        named ??= Given(environment.Variable("ROUTERCTL_CONTEXT"));
        try
        {
            var saved = ContextFile.Of(environment.Variable)?.Read() ?? SavedContexts.None;
            var name = named ?? saved.Current;
            if (name is null)
            {
                return default;
            }

            if (saved.Contexts.TryGetValue(name, out var context))
            {
                return (name, context);
            }

            mistake = $"there is no context '{name}': routerctl context list";
        }
        catch (ContextFileException unreadable)
        {
            mistake = unreadable.Message;
        }

        return default;
    }

    /// <summary>At a terminal a context without a token's file asks for one, which is shown to nobody.</summary>
    private string? TokenOf(
        ParseResult parsed, CliEnvironment environment, string? name, SavedContext? context, out string mistake)
    {
        mistake = "";
        if (Given(parsed.GetValue(_token)) is { } token)
        {
            return token.Trim();
        }

        if ((Given(parsed.GetValue(TokenPath)) ?? context?.TokenFile) is { } path)
        {
            return TokenFile.Read(path, out mistake);
        }

        return Given(environment.Variable("ROUTERCTL_TOKEN"))?.Trim()
            ?? (context is not null && environment.IsInputTerminal ? Given(environment.ReadSecret($"Token for {name}: ")) : null);
    }

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
