using System.Collections.Immutable;

namespace RouterCluster.Domain.Routing;

/// <summary>Until when a channel gets no new payments.</summary>
/// <param name="All">Of any bank; null: only of those in <paramref name="Banks"/>.</param>
public sealed record MaintenanceEnds(DateTimeOffset? All, ImmutableDictionary<string, DateTimeOffset> Banks)
{
    public static readonly MaintenanceEnds None = new(null, ImmutableDictionary<string, DateTimeOffset>.Empty);

    /// <summary>Null: the channel may get such payments.</summary>
    public DateTimeOffset? Of(string? bank)
    {
        if (bank is null || !Banks.TryGetValue(bank, out var ofBank))
        {
            return All;
        }

        return All > ofBank ? All : ofBank;
    }

    /// <param name="bank">Null: any.</param>
    public MaintenanceEnds With(string? bank, DateTimeOffset until)
    {
        if (bank is null)
        {
            return All > until ? this : this with { All = until };
        }

        return Banks.TryGetValue(bank, out var known) && known > until ? this : this with { Banks = Banks.SetItem(bank, until) };
    }
}
