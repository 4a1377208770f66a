using System.Globalization;

namespace RouterCluster.Node.Platform.Http;

internal static class Paging
{
    public const int UsualPage = 100;
    public const int LongestPage = 1000;

    /// <param name="show">Throws <see cref="FormatException"/> for a cursor that no page ended with.</param>
    public static Task<Refusal?> ShowAsync(string? limit, Func<int, Task> show) => ShowAsync(limit, new FieldErrors(), show);

    /// <param name="errors">Other errors of the request; with any error nothing is shown.</param>
    public static async Task<Refusal?> ShowAsync(string? limit, FieldErrors errors, Func<int, Task> show)
    {
        var size = UsualPage;
        if (limit is not null
            && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size is < 1 or > LongestPage))
        {
            errors.Add("limit", $"must be a whole number from 1 to {LongestPage}");
        }

        if (errors.Any)
        {
            return Refusals.Invalid(errors.All);
        }

        try
        {
            await show(size);
            return null;
        }
        catch (FormatException)
        {
            return Refusals.Invalid("cursor", "must be the next of the page before");
        }
    }
}
