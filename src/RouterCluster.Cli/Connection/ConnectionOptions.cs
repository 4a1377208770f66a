using System.CommandLine;

namespace RouterCluster.Cli.Connection;

/// <summary>The options of every verb. An option overrides its environment variable.</summary>
internal sealed class ConnectionOptions
{
    private const string DefaultUrl = "http://127.0.0.1:8080";

    private readonly Option<string?> _url = new("--url")
    {
        Description = $"The node's address; else ROUTERCTL_URL, else {DefaultUrl}.",
        HelpName = "url",
        Recursive = true,
    };

    private readonly Option<string?> _token = new("--token")
    {
        Description = "The operator's token; else ROUTERCTL_TOKEN, else none is sent.",
        HelpName = "token",
        Recursive = true,
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "Print the node's answer as it came.",
        Recursive = true,
    };

    /// <summary>Added by the verbs that have more than one form.</summary>
    public Option<string?> Output { get; } = OutputOption.New();

    public void AddTo(RootCommand root)
    {
        root.Add(_url);
        root.Add(_token);
        root.Add(_json);
    }

    public bool WantsJson(ParseResult parsed) =>
        parsed.GetValue(_json) || parsed.GetValue(Output) == OutputOption.Json;

    /// <summary>Null, with the <paramref name="mistake"/>, when the address or the token is not usable.</summary>
    public Target? Resolve(ParseResult parsed, Func<string, string?> variable, out string mistake)
    {
        var address = Given(parsed.GetValue(_url)) ?? Given(variable("ROUTERCTL_URL")) ?? DefaultUrl;
        var token = (Given(parsed.GetValue(_token)) ?? Given(variable("ROUTERCTL_TOKEN")))?.Trim();
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || !IsWeb(url))
        {
            mistake = $"--url (or ROUTERCTL_URL) must be an http or https address, not '{address}'";
            return null;
        }

        if (token is not null && !token.All(letter => letter is > ' ' and <= '~'))
        {
            mistake = "--token (or ROUTERCTL_TOKEN) must be printable ASCII without spaces";
            return null;
        }

        mistake = "";
        return new Target(url, token, WantsJson(parsed));
    }

    private static bool IsWeb(Uri url) => url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps;

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
