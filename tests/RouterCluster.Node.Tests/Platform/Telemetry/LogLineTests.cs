using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Platform.Telemetry;
using RouterCluster.Node.Platform.Telemetry.Spans;
using RouterCluster.Node.Tests.Payments;
using AkkaError = Akka.Event.Error;

namespace RouterCluster.Node.Tests.Platform.Telemetry;

public sealed class LogLineTests
{
    [Theory]
    [InlineData("account 6222020000000001 is refused", "account 622202******0001 is refused")]
    [InlineData("621226000000000001X", "621226*********001X")]
    [InlineData("id 11010119900307123X, phone 13812345678.", "id 110101********123X, phone 138****5678.")]
    [InlineData("\"number\":\"6222020000000001234\"", "\"number\":\"622202*********1234\"")]
    [InlineData("row 1234567890 of book 3 at 1764467062000", "row 1234567890 of book 3 at 1764467062000")]
    [InlineData("order 00k3v1d6222020000000001ab01 stays", "order 00k3v1d6222020000000001ab01 stays")]
    public void Numbers_that_could_be_a_person_s_are_masked(string text, string written) =>
        Assert.Equal(written, LogText.Clean(text));

    [Fact]
    public void A_long_line_and_a_long_exception_are_cut()
    {
        Assert.InRange(LogText.Clean(new string('x', 1_000_000)).Length, LogText.LongestMessage, LogText.LongestMessage + 10);
        var cause = new LoggedException(new InvalidOperationException("account 6222020000000001 " + new string('x', 1_000_000)));
        Assert.InRange(cause.ToString().Length, LogText.LongestException, LogText.LongestException + 10);
        Assert.Contains("622202******0001", cause.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_about_a_payment_has_its_id_and_its_trace_and_its_values_are_masked_too()
    {
        var recorder = new Recorder();
        var log = new LimitedLoggerProvider(recorder, new FakeTimeProvider()).CreateLogger("Router");
        var id = PaymentSamples.IdOf("L-1");

        log.LogWarning("Payment {Payment} of {Account} in {Book} is odd", id, "6222020000000001", 3);

        var values = Assert.Single(recorder.Lines).ToDictionary(value => value.Key, value => value.Value);
        Assert.Equal(id.Value, values["PaymentId"]);
        Assert.Equal(SpanIds.TraceOf(id).ToHexString(), values["TraceId"]);
        Assert.Equal(("622202******0001", 3), (values["Account"], values["Book"]));
        Assert.Equal("Payment {Payment} of {Account} in {Book} is odd", values["{OriginalFormat}"]);
        Assert.Equal($"Payment {id} of 622202******0001 in 3 is odd", recorder.Texts.Single());
    }

    [Fact]
    public void A_line_that_is_written_for_a_request_has_its_id_and_no_other_scope()
    {
        var recorder = new Recorder();
        using var factory = LoggerFactory.Create(logging =>
            logging.AddProvider(new LimitedLoggerProvider(recorder, new FakeTimeProvider())));
        var log = factory.CreateLogger("Router");

        using (log.BeginScope("path /v1/payments/6222020000000001"))
        using (log.BeginScope(new RequestId("r-1")))
        {
            log.LogWarning("Within");
        }

        log.LogWarning("Outside");

        Assert.Equal("RequestId=r-1, {OriginalFormat}=Within", Written(recorder.Lines[0]));
        Assert.Equal("{OriginalFormat}=Outside", Written(recorder.Lines[1]));
    }

    [Fact]
    public void Akka_s_lines_from_before_its_loggers_run_have_the_same_form()
    {
        var id = PaymentSamples.IdOf("L-1");
        var line = AkkaEarlyLog.Format(
            new AkkaError(null!, "router", typeof(LogLineTests), $"dead letter: {id} with 6222020000000001"), asJson: true);

        var json = JsonNode.Parse(line)!;
        Assert.Equal(("Error", "RouterCluster"), ((string?)json["LogLevel"], (string?)json["Category"]));
        Assert.Equal($"dead letter: {id} with 622202******0001", (string?)json["Message"]);
        Assert.Equal(id.Value, (string?)json["State"]!["PaymentId"]);
        Assert.Equal(SpanIds.TraceOf(id).ToHexString(), (string?)json["State"]!["TraceId"]);
    }

    private static string Written(IEnumerable<KeyValuePair<string, object?>> line) =>
        string.Join(", ", line.Select(value => $"{value.Key}={value.Value}"));

    private sealed class Recorder : ILoggerProvider, ILogger
    {
        public List<IReadOnlyList<KeyValuePair<string, object?>>> Lines { get; } = [];

        public List<string> Texts { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Lines.Add((IReadOnlyList<KeyValuePair<string, object?>>)state!);
            Texts.Add(formatter(state, exception));
        }

        public void Dispose()
        {
        }
    }
}
