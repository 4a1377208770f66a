using RouterCluster.Cli.Display;

namespace RouterCluster.Cli.Tests.Display;

public sealed class AmountsTests
{
    [Theory]
    [InlineData(0, "CNY", "0.00 CNY")]
    [InlineData(5, "CNY", "0.05 CNY")]
    [InlineData(-5, "CNY", "-0.05 CNY")]
    [InlineData(12000, "USD", "120.00 USD")]
    [InlineData(12000, "JPY", "12,000 JPY")]
    [InlineData(12000, "CLP", "12,000 CLP")]
    [InlineData(1234567, "BHD", "1,234.567 BHD")]
    [InlineData(5, "KWD", "0.005 KWD")]
    [InlineData(long.MaxValue, "CNY", "92,233,720,368,547,758.07 CNY")]
    [InlineData(long.MaxValue, "TND", "9,223,372,036,854,775.807 TND")]
    public void Money_is_exact_in_the_minor_units_of_its_currency(long minorUnits, string currency, string expected) =>
        Assert.Equal(expected, Amounts.Of(minorUnits, currency));

    [Fact]
    public void A_sum_of_no_currency_says_that_it_is_of_minor_units() =>
        Assert.Equal("1,234,567 minor units", Amounts.OfNoCurrency(1234567));
}
