namespace RouterCluster.Replay.Tests;

public sealed class TraceFormatTests
{
    private static readonly TraceFormat Format = TraceFormat.Of(TraceFormat.Header);

    [Fact]
    public void A_row_is_read_with_all_its_cells()
    {
        var row = Format.Parse("60,10,ICBC,withhold,alpha,1,12,0.95,0.05,400,1200,0.02,16,300", 2);

        Assert.Equal(new TraceRow(60, 10, "ICBC", "withhold", "alpha", true, 12, 0.95, 0.05, 400, 1200, 0.02, 16, 300), row);
    }

    [Fact]
    public void Empty_cells_mean_none()
    {
        var row = Format.Parse("60,10,ICBC,,alpha,,,,,,,,,", 2);

        Assert.Equal(new TraceRow(60, 10, "ICBC", "", "alpha", false, 0, null, null, null, null, null, null, null), row);
    }

    [Fact]
    public void Columns_are_found_by_their_names()
    {
        var turned = TraceFormat.Of(string.Join(',', TraceFormat.Header.Split(',').Reverse()));

        var row = turned.Parse("300,16,0.02,1200,400,0.05,0.95,12,1,alpha,withhold,ICBC,10,60", 2);

        Assert.Equal(Format.Parse("60,10,ICBC,withhold,alpha,1,12,0.95,0.05,400,1200,0.02,16,300", 2), row);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("with, comma")]
    [InlineData("with \"quotes\"")]
    [InlineData(" with spaces ")]
    public void What_is_written_is_read_again(string name)
    {
        var row = new TraceRow(60.5, 10, name, name, name, true, 12, 0.95, 0.05, 400, 1200, 0.02, 16, 300);

        Assert.Equal(row, Format.Parse(TraceFormat.Write(row), 2));
    }

    [Theory]
    [InlineData("60,10,ICBC,withhold,alpha,1,12,0.95,0.05,400,1200,0.02,16", "line 7: 13 cells, not 14")]
    [InlineData("60,10,ICBC,withhold,alpha,1,12,0.95,0.05,400,1200,0.02,16,300,1", "line 7: 15 cells, not 14")]
    [InlineData("soon,10,ICBC,withhold,alpha,1,12,0.95,,,,,,", "line 7: bucket_start_s is 'soon', not a number")]
    [InlineData(",10,ICBC,withhold,alpha,1,12,0.95,,,,,,", "line 7: bucket_start_s is empty")]
    [InlineData("60,0,ICBC,withhold,alpha,1,12,0.95,,,,,,", "line 7: bucket_len_s is '0', not a number above 0")]
    [InlineData("60,10,,withhold,alpha,1,12,0.95,,,,,,", "line 7: segment is empty")]
    [InlineData("60,10,ICBC,withhold,,1,12,0.95,,,,,,", "line 7: channel is empty")]
    [InlineData("60,10,ICBC,withhold,alpha,yes,12,0.95,,,,,,", "line 7: eligible is 'yes', not 0 or 1")]
    [InlineData("60,10,ICBC,withhold,alpha,1,-1,0.95,,,,,,", "line 7: arrivals is '-1', not a number from 0")]
    [InlineData("60,10,ICBC,withhold,alpha,1,12,NaN,,,,,,", "line 7: success_prob is 'NaN', not a number from 0 to 1")]
    [InlineData("60,10,ICBC,withhold,alpha,1,12,0.95,2,,,,,", "line 7: customer_fail_prob is '2', not a number from 0 to 1")]
    [InlineData("60,10,ICBC,withhold,alpha,1,12,0.95,,,,1.1,,", "line 7: late_frac is '1.1', not a number from 0 to 1")]
    [InlineData("60,10,\"ICBC,withhold,alpha,1,12,0.95,,,,,,", "line 7: a quoted cell is not closed")]
    public void A_wrong_row_is_refused_with_its_line(string text, string message)
    {
        var wrong = Assert.Throws<TraceFormatException>(() => Format.Parse(text, 7));

        Assert.Equal(message, wrong.Message);
    }

    [Fact]
    public void A_header_of_another_file_is_refused_with_what_it_lacks()
    {
        var wrong = Assert.Throws<TraceFormatException>(() => TraceFormat.Of("bucket_start_s,bucket_len_s,segment"));

        Assert.StartsWith("line 1: the header lacks product, channel, eligible", wrong.Message, StringComparison.Ordinal);
    }
}
