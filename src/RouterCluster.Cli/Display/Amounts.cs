using System.Globalization;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Cli.Display;

/// <summary>
/// The one form of amounts: major units with the currency's decimals, a comma between thousands, then the currency, as in
/// 12,345.67 CNY.
/// </summary>
internal static class Amounts
{
    public static string Of(long minorUnits, string currency)
    {
        var digits = CurrencyCodes.MinorDigits(currency);
        var major = (minorUnits / Power(digits)).ToString($"N{digits}", CultureInfo.InvariantCulture);
        return $"{major} {currency}";
    }

    /// <param name="currency">Null: not known, or the amount belongs to several currencies.</param>
    public static string OfAny(long minorUnits, string? currency) =>
        currency is null ? OfNoCurrency(minorUnits) : Of(minorUnits, currency);

    /// <summary>A sum or a limit of no single currency.</summary>
    public static string OfNoCurrency(long minorUnits) =>
        string.Create(CultureInfo.InvariantCulture, $"{minorUnits:N0} minor units");

    private static decimal Power(int digits) => digits switch { 0 => 1m, 3 => 1000m, _ => 100m };
}
