namespace RouterCluster.Domain.Outcomes;

public static class OutcomeNames
{
    public static string Name(this OutcomeClass @class) => @class.Meaning().Name;
}
