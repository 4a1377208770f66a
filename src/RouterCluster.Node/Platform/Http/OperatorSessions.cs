using System.Security.Cryptography;
using System.Text;

namespace RouterCluster.Node.Platform.Http;

/// <summary>
/// People who are signed in at this node. A session stands for a token, which has to be configured each time that the session
/// is used. Ids are 256 random bits, of which the node keeps the SHA-256 alone; all sessions end with the process.
/// </summary>
internal sealed class OperatorSessions(SessionSettings settings, TimeProvider time)
{
    private const int IdBytes = 32;

    private readonly Dictionary<string, Session> _sessions = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>The new session's id, which nobody can read from here again.</summary>
    public string Open(OperatorSettings who)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        var now = time.GetTimestamp();
        lock (_lock)
        {
            MakeRoom(now);
            _sessions[HashOf(id)] = new Session(who.Token.Hex, now, now);
        }

        return id;
    }

    /// <summary>The SHA-256 of the session's token; null when the session has ended.</summary>
    /// <param name="isUse">The person did something, so that the session lasts longer.</param>
    public string? TokenOf(string id, bool isUse)
    {
        var hash = HashOf(id);
        var now = time.GetTimestamp();
        lock (_lock)
        {
            if (!_sessions.TryGetValue(hash, out var session))
            {
                return null;
            }

            if (IsOver(session, now))
            {
                _sessions.Remove(hash);
                return null;
            }

            if (isUse)
            {
                _sessions[hash] = session with { UsedAt = now };
            }

            return session.Token;
        }
    }

    public void Close(string id)
    {
        lock (_lock)
        {
            _sessions.Remove(HashOf(id));
        }
    }

    private static string HashOf(string id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)));

    private bool IsOver(Session session, long now) =>
        time.GetElapsedTime(session.UsedAt, now) >= settings.Idle
        || time.GetElapsedTime(session.OpenedAt, now) >= settings.Longest;

    private void MakeRoom(long now)
    {
        foreach (var (hash, _) in _sessions.Where(known => IsOver(known.Value, now)).ToList())
        {
            _sessions.Remove(hash);
        }

        if (_sessions.Count >= settings.Most)
        {
            _sessions.Remove(_sessions.MinBy(known => known.Value.UsedAt).Key);
        }
    }

    private readonly record struct Session(string Token, long OpenedAt, long UsedAt);
}
