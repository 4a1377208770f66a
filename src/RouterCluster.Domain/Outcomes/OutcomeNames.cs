namespace RouterCluster.Domain.Outcomes;

/// <summary>The classes' and landings' names in the API, in metrics and in logs.</summary>
public static class OutcomeNames
{
    public static string Name(this OutcomeClass @class) => @class.Meaning().Name;

    public static string Name(this Landing landing) => landing switch
    {
        Landing.NotSent => "not_sent",
        Landing.NotLanded => "not_landed",
        Landing.Landed => "landed",
        Landing.Maybe => "maybe",
    };
}
