namespace RouterCluster.Domain.Outcomes;

/// <summary>The classes' names in the API, in metrics and in logs.</summary>
public static class OutcomeNames
{
    public static string Name(this OutcomeClass @class) => @class.Meaning().Name;
}
