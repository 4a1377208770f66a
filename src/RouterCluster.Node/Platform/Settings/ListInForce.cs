using System.Collections;

namespace RouterCluster.Node.Platform.Settings;

/// <summary>
/// A list of the configuration that changes while the node runs. Whoever enumerates it sees one whole list: the one that
/// was in force when the enumeration began.
/// </summary>
public sealed class ListInForce<T>(IReadOnlyList<T> first) : IReadOnlyList<T>
{
    private volatile IReadOnlyList<T> _current = first;

    public IReadOnlyList<T> Current => _current;

    public int Count => _current.Count;

    public T this[int index] => _current[index];

    public void Replace(IReadOnlyList<T> next) => _current = next;

    /// <summary>What readers make of the list, made once for each list that is in force.</summary>
    /// <param name="make">Without effects: two readers at once may both run it.</param>
    public Derived<TResult> Derive<TResult>(Func<IReadOnlyList<T>, TResult> make) => new(this, make);

    public IEnumerator<T> GetEnumerator() => _current.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public sealed class Derived<TResult>(ListInForce<T> list, Func<IReadOnlyList<T>, TResult> make)
    {
        private volatile Made? _last;

        public TResult Value
        {
            get
            {
                var current = list.Current;
                var last = _last;
                if (last is null || !ReferenceEquals(last.From, current))
                {
                    _last = last = new Made(current, make(current));
                }

                return last.Result;
            }
        }

        private sealed record Made(IReadOnlyList<T> From, TResult Result);
    }
}
