using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using RouterCluster.Node.Platform.Telemetry;

namespace RouterCluster.Node.Platform.Http;

/// <summary>
/// Slows down guessing of tokens. An address may send a few wrong tokens at once and then about one a second; until its
/// next try is due, no token from it is checked, not even a right one, or the guess that hits would stay fast. Owners
/// whose token was accepted from that address before are admitted all the while. Each API counts separately, so that
/// guessing operators' tokens keeps no merchant out.
/// </summary>
internal sealed partial class TokenGuard(
    HttpSettings settings, RouterMetrics metrics, TimeProvider time, ILogger<TokenGuard> logger)
{
    private const int NetworkBytes = 8;
    private static readonly TimeSpan SampleEvery = TimeSpan.FromSeconds(10);

    private readonly WrongTokenSettings _limits = settings.WrongTokens;
    private readonly ConcurrentDictionary<(IPAddress Address, object Owner), bool> _known = new(ByReference.Instance);
    private readonly Dictionary<(IPAddress Address, string Door), Tries> _tries = [];
    private readonly Queue<(IPAddress Address, string Door)> _oldest = [];
    private readonly Lock _lock = new();
    private long _sampledAt;
    private long _wrong;
    private long _slowed;

    /// <summary>Null: the request may come in. A null owner stands for an unknown token.</summary>
    /// <param name="door">The API that the token is for.</param>
    public Refusal? Check(IPAddress? address, object? owner, string door)
    {
        var from = KeyOf(address);
        if (owner is not null && _known.ContainsKey((from, owner)))
        {
            return null;
        }

        if (WaitOf((from, door), isWrong: owner is null) is { } wait)
        {
            Note(address, door, isSlowed: true);
            return Refusals.TooManyWrongTokens(wait);
        }

        if (owner is null)
        {
            Note(address, door, isSlowed: false);
            return Refusals.Unauthorized;
        }

        Remember(from, owner);
        return null;
    }

    /// <summary>How long until this address may try; null: now. A wrong token uses the try up.</summary>
    private TimeSpan? WaitOf((IPAddress Address, string Door) from, bool isWrong)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            var perSecond = _limits.PerMinute / 60;
            var left = _tries.TryGetValue(from, out var tries)
                ? Math.Min(_limits.Burst, tries.Left + (time.GetElapsedTime(tries.At, now).TotalSeconds * perSecond))
                : _limits.Burst;
            if (left < 1)
            {
                return TimeSpan.FromSeconds((1 - left) / perSecond);
            }

            if (isWrong)
            {
                MakeRoomFor(from);
                _tries[from] = new Tries(left - 1, now);
            }

            return null;
        }
    }

    /// <summary>Bounds the memory: the address that came first is forgotten.</summary>
    private void MakeRoomFor((IPAddress Address, string Door) from)
    {
        if (_tries.ContainsKey(from))
        {
            return;
        }

        if (_tries.Count >= _limits.Addresses && _oldest.TryDequeue(out var oldest))
        {
            _tries.Remove(oldest);
        }

        _oldest.Enqueue(from);
    }

    private void Remember(IPAddress from, object owner)
    {
        if (_known.Count >= _limits.Addresses)
        {
            _known.Clear();
        }

        _known[(from, owner)] = true;
    }

    /// <summary>A flood of wrong tokens is counted and logged now and then.</summary>
    private void Note(IPAddress? address, string door, bool isSlowed)
    {
        metrics.TokenRefused(door, isSlowed);
        Interlocked.Increment(ref isSlowed ? ref _slowed : ref _wrong);
        var now = time.GetTimestamp();
        var last = Volatile.Read(ref _sampledAt);
        if ((last == 0 || time.GetElapsedTime(last, now) >= SampleEvery)
            && Interlocked.CompareExchange(ref _sampledAt, now, last) == last)
        {
            LogWrong(door, address?.ToString(), Interlocked.Exchange(ref _wrong, 0), Interlocked.Exchange(ref _slowed, 0));
        }
    }

    /// <summary>By the first 64 bits of an IPv6 address; its owner chooses the rest freely.</summary>
    private static IPAddress KeyOf(IPAddress? address)
    {
        if (address is null || address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address ?? IPAddress.None;
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        return new IPAddress(bytes);
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Wrong tokens for the {Door} API, the last one from {Address}: {Wrong} since the last such line, and {Slowed} "
            + "requests turned away from addresses that had tried too many; all are in router_tokens_refused_total")]
    private partial void LogWrong(string door, string? address, long wrong, long slowed);

    /// <param name="Left">Wrong tokens left at that moment; they grow back with time.</param>
    private readonly record struct Tries(double Left, long At);

    /// <summary>Settings exist once each; comparing their contents would cost more than the request.</summary>
    private sealed class ByReference : IEqualityComparer<(IPAddress Address, object Owner)>
    {
        public static readonly ByReference Instance = new();

        public bool Equals((IPAddress Address, object Owner) x, (IPAddress Address, object Owner) y) =>
            ReferenceEquals(x.Owner, y.Owner) && x.Address.Equals(y.Address);

        public int GetHashCode((IPAddress Address, object Owner) key) =>
            HashCode.Combine(key.Address, RuntimeHelpers.GetHashCode(key.Owner));
    }
}
