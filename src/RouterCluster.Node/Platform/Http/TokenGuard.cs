using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using RouterCluster.Node.Platform.Telemetry;

namespace RouterCluster.Node.Platform.Http;

/// <summary>
/// Slows down who tries tokens. Each address may be wrong a few times at once and then about once a second; until its next
/// try is due, no token from it is looked at, not even a right one, or the guess that hits would be as fast as ever. Who
/// came in from there with a token before is let in all the while: behind one address there may be others. Each API counts
/// by itself, so that guessing operators' tokens keeps no merchant out.
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

    /// <summary>Null: come in. An owner of null stands for a token that nobody has.</summary>
    /// <param name="door">Whose API it is.</param>
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

    /// <summary>How long until this address may try; null: now, which a wrong token uses up.</summary>
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

    /// <summary>Many addresses must not take the memory: the one that came first is forgotten, and begins anew.</summary>
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

    /// <summary>A flood is counted and written down now and then, not line by line.</summary>
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

    /// <summary>A network of IPv6 belongs to one household: its last 64 bits are anybody's choice.</summary>
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

    /// <param name="Left">Wrong tokens that the address had left at the moment; it grows back with time.</param>
    private readonly record struct Tries(double Left, long At);

    /// <summary>Owners are settings, each there once: comparing what is in them would cost more than the request.</summary>
    private sealed class ByReference : IEqualityComparer<(IPAddress Address, object Owner)>
    {
        public static readonly ByReference Instance = new();

        public bool Equals((IPAddress Address, object Owner) x, (IPAddress Address, object Owner) y) =>
            ReferenceEquals(x.Owner, y.Owner) && x.Address.Equals(y.Address);

        public int GetHashCode((IPAddress Address, object Owner) key) =>
            HashCode.Combine(key.Address, RuntimeHelpers.GetHashCode(key.Owner));
    }
}
