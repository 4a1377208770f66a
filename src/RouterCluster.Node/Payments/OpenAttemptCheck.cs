using RouterCluster.Domain.Books;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Payments;

/// <summary>
/// Compares the configuration with open attempts: a removed channel cannot be asked about its attempts, and another
/// account does not know those of the former one.
/// </summary>
internal static class OpenAttemptCheck
{
    /// <exception cref="StartUpException">Attempts are open at channels that are not configured.</exception>
    /// <returns>A warning for each account that is left with open attempts.</returns>
    public static async Task<IReadOnlyList<string>> WarningsAsync(
        IReadOnlyList<ChannelSettings> channels, PaymentReadModel readModel, CancellationToken cancellation)
    {
        var count = await CountAsync(channels, readModel, cancellation);
        if (count.WithoutChannel is [var first, ..])
        {
            var all = string.Join("; ", count.WithoutChannel.Select(left => $"{left.Channel}: {left.Size}"));
            throw new StartUpException(
                $"router.channels.{first.Channel}", "(missing)",
                $"a channel that stays configured until what it was sent is known, with retired = on: {all}", null);
        }

        return [.. count.SentElsewhere.Select(left =>
            $"router.channels.{left.Channel}: {left.Size} were sent to {left.Sent}, which is not the channel's account now; "
            + "its \"not found\" will end none of them, and people will have to look at them")];
    }

    public static async Task<OpenAttemptCount> CountAsync(
        IReadOnlyList<ChannelSettings> channels, PaymentReadModel readModel, CancellationToken cancellation)
    {
        var count = new OpenAttemptCount(channels.ToDictionary(channel => channel.Id, channel => channel.Target));
        await readModel.ForEachOpenAsync(count.Add, cancellation);
        return count;
    }
}
