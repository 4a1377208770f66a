using System.Globalization;

namespace RouterCluster.Node.Platform.Http;

/// <summary>Lists come in pages, as long as the caller likes within limits.</summary>
internal static class Paging
{
    public const int UsualPage = 100;
    public const int LongestPage = 1000;

    /// <param name="show">Throws <see cref="FormatException"/> for a cursor that is none of ours.</param>
    public static Task<Refusal?> ShowAsync(string? limit, Func<int, Task> show) => ShowAsync(limit, new FieldErrors(), show);

    /// <param name="errors">What else is wrong with the request; whatever it is, nothing is shown then.</param>
    /// <param name="show">Throws <see cref="FormatException"/> for a cursor that is none of ours.</param>
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
