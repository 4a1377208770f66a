using System.Security.Cryptography;
using RouterCluster.Node.Platform.Secrets;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Platform.Http;

/// <summary>
/// People who are signed in. A session is a ticket that its browser keeps, sealed with a key that every node of the cluster
/// derives from router.encryption-key, so that each node takes it without asking another one or the storage. It stands for a
/// token, which has to be configured each time that the session is used, and is good until it has been left alone, has lasted
/// longest, or its person has signed out.
/// </summary>
internal sealed class OperatorSessions(
    SessionSettings settings, NodeSettings node, EncryptionKeys keys, SignOuts signOuts, TimeProvider time)
{
    /// <summary>A ticket is not written anew at every request.</summary>
    private const int RenewalsOfIdle = 10;

    private readonly SessionTickets _tickets = new(keys, node.Environment);

    /// <summary>The new session's ticket.</summary>
    public string Open(OperatorSettings who)
    {
        var now = time.GetUtcNow();
        return _tickets.Seal(new Session(
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SessionTickets.IdBytes)), who.Token.Hex, now, now));
    }

    /// <summary>The SHA-256 of the session's token; null when the session has ended.</summary>
    /// <param name="isUse">The person did something, so that the session lasts longer.</param>
    /// <param name="renewed">The ticket that takes the place of this one; null: it stays.</param>
    public string? TokenOf(string ticket, bool isUse, out string? renewed)
    {
        renewed = null;
        var now = time.GetUtcNow();
        if (_tickets.Open(ticket) is not { } session || IsOver(session, now) || signOuts.Has(session.Id, now))
        {
            return null;
        }

        if (isUse && now - session.UsedAt >= settings.Idle / RenewalsOfIdle)
        {
            renewed = _tickets.Seal(session with { UsedAt = now });
        }

        return session.Token;
    }

    /// <summary>For all nodes, and for every ticket of the session.</summary>
    public void Close(string ticket)
    {
        if (_tickets.Open(ticket) is { } session)
        {
            signOuts.Add(new SignOut(session.Id, session.OpenedAt + settings.Longest));
        }
    }

    private bool IsOver(Session session, DateTimeOffset now) =>
        now - session.UsedAt >= settings.Idle || now - session.OpenedAt >= settings.Longest;
}
