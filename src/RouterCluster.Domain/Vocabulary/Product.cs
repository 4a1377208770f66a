using System.Diagnostics;

namespace RouterCluster.Domain.Vocabulary;

/// <summary><c>Withhold</c> (代扣) takes money from the account, <c>Payout</c> (代付) sends money to it.</summary>
public enum Product
{
    Withhold = 1,
    Payout = 2,
}

public static class ProductNames
{
    private static readonly (Product Product, string Name)[] Table = [(Product.Withhold, "withhold"), (Product.Payout, "payout")];

    public static IEnumerable<string> All => Table.Select(row => row.Name);

    /// <summary>Called for every route, so it allocates nothing.</summary>
    public static string Name(this Product product)
    {
        foreach (var (known, name) in Table)
        {
            if (known == product)
            {
                return name;
            }
        }

        throw new UnreachableException();
    }

    public static Product? Parse(string? name) =>
        Table.Where(row => row.Name == name).Select(row => (Product?)row.Product).FirstOrDefault();
}
