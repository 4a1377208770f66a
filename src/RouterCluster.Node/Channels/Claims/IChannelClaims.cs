using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Node.Channels.Claims;

/// <summary>Stores which run of which node owns a channel.</summary>
public interface IChannelClaims
{
    /// <summary>Writes the next epoch into the channel's row, whoever owned it. Durable when it returns.</summary>
    /// <param name="longestCall">From a call's last check until the company must have seen its end.</param>
    /// <param name="onLost">Called once, from any thread, if another owner takes the channel.</param>
    /// <exception cref="System.Data.Common.DbException">Storage does not answer.</exception>
    /// <exception cref="OperationCanceledException">Storage does not answer in time: the claim may be stored.</exception>
    Task<TakenClaim> TakeAsync(ChannelId channel, TimeSpan longestCall, Action onLost);

    /// <summary>The owner sends from now on, so that its silence will tell of all calls.</summary>
    Task OpenAsync(ChannelId channel, long epoch, TimeSpan longestCall);

    /// <summary>The owner sends nothing more, and all its calls have ended. Does nothing to a later owner's claim.</summary>
    Task ReleaseAsync(ChannelId channel, long epoch);
}

/// <param name="Last">Null: nobody has owned the channel before.</param>
public sealed record TakenClaim(ChannelClaim Claim, LastOwner? Last);
