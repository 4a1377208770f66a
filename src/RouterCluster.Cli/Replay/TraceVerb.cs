using System.CommandLine;
using System.Globalization;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Verbs;

namespace RouterCluster.Cli.Replay;

internal sealed class TraceVerb : IVerb
{
    private const string Form = "such as 2026-12-01T00:00:00Z";

    public Command Build(VerbRun run)
    {
        var from = Moment("--from", "The first moment");
        var to = Moment("--to", "The moment after the last");
        var bucket = new Option<int>("--bucket")
        {
            Description = "Seconds that one row stands for.",
            HelpName = "seconds",
            DefaultValueFactory = _ => 60,
        };
        var export = new Command("export", "Write the traffic between two moments as a trace (CSV) to standard output.")
        {
            from, to, bucket,
        };
        export.SetAction((parsed, cancellation) => run.CopyAsync(
            parsed,
            RouterRequest.Get(PathOf(parsed.GetRequiredValue(from), parsed.GetRequiredValue(to), parsed.GetValue(bucket))),
            cancellation));
        return new Command("trace", "Export traces of past traffic, for replay.") { export };
    }

    private static string PathOf(DateTime from, DateTime to, int bucket) =>
        string.Create(CultureInfo.InvariantCulture, $"trace.csv?from={from:O}&to={to:O}&bucket={bucket}");

    private static Option<DateTime> Moment(string name, string what) => new(name)
    {
        Description = $"{what}, {Form}; UTC where it does not say.",
        HelpName = "time",
        Required = true,
        CustomParser = result =>
        {
            const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
            if (!DateTime.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, Utc, out var moment))
            {
                result.AddError($"{name} must be a time {Form}, not '{result.Tokens[0].Value}'.");
            }

            return moment;
        },
    };
}
