using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Counters;

/// <summary>One number of a period.</summary>
/// <param name="Dimension">What the payments or attempts are counted by, such as <c>channel</c>.</param>
/// <param name="Name">One value of the dimension; two with a slash where the dimension is a pair.</param>
/// <param name="What">What is counted, such as <c>succeeded</c>.</param>
public readonly record struct CounterField(string Dimension, string Name, string What)
{
    public static CounterField Of(ChannelId channel, Product product, string what) =>
        new("channel_product", $"{channel.Value}/{product.Name()}", what);

    public static CounterField Of(MerchantId merchant, Product product, string what) =>
        new("merchant_product", $"{merchant.Value}/{product.Name()}", what);

    public override string ToString() => $"{Dimension}:{Name}:{What}";

    /// <summary>Null for a field of another form: later versions may write some.</summary>
    public static CounterField? Parse(string text) =>
        text.Split(':') is [var dimension, var name, var what] ? new CounterField(dimension, name, what) : null;
}

/// <summary>An addition to one number of one period.</summary>
public readonly record struct CounterIncrement(CounterPeriod Period, CounterField Field, long Amount);
