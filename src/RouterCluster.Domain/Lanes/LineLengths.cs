namespace RouterCluster.Domain.Lanes;

internal sealed class LineLengths<TLine>
{
    private readonly List<LinkedList<TLine>> _byLength = [new()];
    private int _longest;

    /// <summary>Of equal lines the one that has been this long for the longest time. There must be one.</summary>
    public TLine Longest => _byLength[_longest].First!.Value;

    public void Move(LinkedListNode<TLine> line, int from, int to)
    {
        if (from > 0)
        {
            _byLength[from].Remove(line);
        }

        if (to == _byLength.Count)
        {
            _byLength.Add(new LinkedList<TLine>());
        }

        if (to > 0)
        {
            _byLength[to].AddLast(line);
        }

        if (to > _longest || _byLength[_longest].Count == 0)
        {
            _longest = to;
        }
    }
}
