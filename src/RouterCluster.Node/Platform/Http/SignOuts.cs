using System.Collections.Concurrent;

namespace RouterCluster.Node.Platform.Http;

/// <param name="Until">The session would have lasted no longer, so that nobody needs to remember it after this.</param>
internal readonly record struct SignOut(string Session, DateTimeOffset Until);

/// <summary>
/// Sessions whose people have signed out, at any node of the cluster. In memory alone: it must work without storage, and
/// nodes tell each other; when all nodes of a cluster have been down at once, the list is empty.
/// </summary>
internal sealed class SignOuts
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _known = new(StringComparer.Ordinal);

    /// <summary>Told of sign-outs at this node.</summary>
    public Action<SignOut> Made { get; set; } = _ => { };

    public void Add(SignOut signOut)
    {
        _known[signOut.Session] = signOut.Until;
        Made(signOut);
    }

    /// <summary>Sign-outs at other nodes.</summary>
    public void Learn(IEnumerable<SignOut> signOuts)
    {
        foreach (var signOut in signOuts)
        {
            _known[signOut.Session] = signOut.Until;
        }
    }

    public bool Has(string session, DateTimeOffset now)
    {
        if (!_known.TryGetValue(session, out var until))
        {
            return false;
        }

        Forget(now);
        return until > now;
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var known in _known.Where(known => known.Value <= now))
        {
            _known.TryRemove(known);
        }
    }
}
