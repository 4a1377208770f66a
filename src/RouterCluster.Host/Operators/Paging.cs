using RouterCluster.Host.Replies;

namespace RouterCluster.Host.Operators;

/// <summary>Lists come in pages, as long as the caller likes within limits.</summary>
internal static class Paging
{
    private const int UsualPage = 100;
    private const int LongestPage = 1000;

    /// <param name="show">Throws <see cref="FormatException"/> for a cursor that is none of ours.</param>
    public static async Task<Refusal?> ShowAsync(string? limit, Func<int, Task> show)
    {
        var size = UsualPage;
        if (limit is not null && (!int.TryParse(limit, out size) || size < 1 || size > LongestPage))
        {
            return Refusals.Invalid("limit", $"must be a whole number from 1 to {LongestPage}");
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
