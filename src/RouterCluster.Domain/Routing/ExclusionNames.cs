namespace RouterCluster.Domain.Routing;

public static class ExclusionNames
{
    public static string Name(this Exclusion reason) => reason switch
    {
        Exclusion.Product => "product",
        Exclusion.Amount => "amount",
        Exclusion.Bank => "bank",
        Exclusion.Currency => "currency",
        Exclusion.Mode => "mode",
        Exclusion.Tried => "tried",
        Exclusion.Disabled => "disabled",
        Exclusion.Draining => "draining",
        Exclusion.NoOwner => "no_owner",
        Exclusion.BreakerOpen => "breaker_open",
        Exclusion.Isolated => "isolated",
        Exclusion.Full => "full",
        Exclusion.NoProbe => "no_probe",
        Exclusion.Excluded => "excluded",
        Exclusion.NotPinned => "not_pinned",
        Exclusion.Maintenance => "maintenance",
        Exclusion.Retired => "retired",
        Exclusion.Throttled => "throttled",
        Exclusion.PartClosed => "part_closed",
        Exclusion.ExcludedByOperator => "excluded_by_operator",
    };
}
