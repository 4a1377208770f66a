using RouterCluster.Api;

namespace RouterCluster.Node.Platform.Http;

/// <summary>All errors of a request. Values are never repeated: they may be card data.</summary>
internal sealed class FieldErrors
{
    private const int MostNamed = 50;
    private const int LongestName = 64;
    private const int DigitsOfACard = 12;
    private List<FieldErrorBody>? _errors;

    public bool Any => _errors is not null;

    public IReadOnlyList<FieldErrorBody> All => _errors ?? [];

    public void Add(string field, string message)
    {
        _errors ??= [];
        if (_errors.Count < MostNamed)
        {
            _errors.Add(new FieldErrorBody(field, message));
        }
    }

    /// <summary>A field name chosen by the client, shown only if it is short, plain and no card number.</summary>
    public static string Shown(string name)
    {
        var isPlain = name.Length is > 0 and <= LongestName
            && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.')
            && name.Count(char.IsAsciiDigit) < DigitsOfACard;
        return isPlain ? name : "?";
    }
}
