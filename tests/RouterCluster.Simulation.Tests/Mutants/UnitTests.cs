using System.Diagnostics;
using System.Runtime.Loader;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace RouterCluster.Simulation.Tests.Mutants;

/// <summary>Runs unit tests of the domain inside this process, which is started for each mutant, until one fails.</summary>
internal static class UnitTests
{
    /// <summary>These measure memory or long times, and last longer than all other tests together.</summary>
    private static readonly string[] LongOnes =
    [
        "Books.SeenNumbersTests.The_memory_stays_bounded", "Books.LongOutageTests.", "Routing.ClosedLoopTests.",
        "Routing.UndecidedTests.", "Lanes.LaneQueueModelTests.Calls_leave_the_queue_as_in_the_model",
    ];

    /// <summary>Null: none failed. At the first failure the others go on: the process is to end then.</summary>
    public static string? FirstFailure(string path, IReadOnlyCollection<string> folders)
    {
        var beside = Path.GetDirectoryName(path)!;
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            File.Exists(Path.Combine(beside, $"{name.Name}.dll"))
                ? context.LoadFromAssemblyPath(Path.Combine(beside, $"{name.Name}.dll"))
                : null;
        var assembly = AssemblyLoadContext.Default.LoadFromAssemblyPath(path);
        var prefixes = folders.Select(folder => $"{assembly.GetName().Name}.{folder}.").ToList();
        using var sink = new Sink();
        using var sources = new NoSources();
        using var discoverer = new XunitTestFrameworkDiscoverer(
            Reflector.Wrap(assembly), sources, new NullMessageSink());
        discoverer.Find(false, sink, new Options());
        sink.Wait();
        using var executor = new XunitTestFrameworkExecutor(
            assembly.GetName(), sources, new NullMessageSink());
        var wanted = sink.Cases.Where(found => IsWanted(Name(found.TestMethod), prefixes));
        executor.RunTests([.. wanted], sink, new Options());
        sink.Wait();
        return sink.Failure;
    }

    private static string Name(ITestMethod method) => $"{method.TestClass.Class.Name}.{method.Method.Name}";

    private static bool IsWanted(string name, IEnumerable<string> prefixes) =>
        prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))
        && !LongOnes.Any(one => name.Contains($".{one}", StringComparison.Ordinal));

    /// <summary>Takes what is found, and then the first failure.</summary>
    private sealed class Sink : LongLivedMarshalByRefObject, IMessageSink, IDisposable
    {
        private readonly SemaphoreSlim _ended = new(0);
        private string? _failure;

        public List<IXunitTestCase> Cases { get; } = [];

        public string? Failure => _failure;

        public bool OnMessage(IMessageSinkMessage message)
        {
            switch (message)
            {
                case ITestCaseDiscoveryMessage { TestCase: IXunitTestCase found }:
                    Cases.Add(found);
                    break;
                case ITestFailed failed when Interlocked.CompareExchange(ref _failure, Name(failed.TestMethod), null) is null:
                    _ended.Release();
                    break;
                case IDiscoveryCompleteMessage or ITestAssemblyFinished:
                    _ended.Release();
                    break;
                default:
                    break;
            }

            return true;
        }

        public void Wait() => _ended.Wait();

        public void Dispose() => _ended.Dispose();
    }

    /// <summary>Nobody asks in which file a test is.</summary>
    private sealed class NoSources : LongLivedMarshalByRefObject, ISourceInformationProvider
    {
        public ISourceInformation GetSourceInformation(ITestCase testCase) => throw new UnreachableException();

        public void Dispose()
        {
        }
    }

    /// <summary>All as it is by default.</summary>
    private sealed class Options : ITestFrameworkDiscoveryOptions, ITestFrameworkExecutionOptions
    {
        private readonly Dictionary<string, object?> _values = [];

        public TValue GetValue<TValue>(string name) => _values.TryGetValue(name, out var value) ? (TValue)value! : default!;

        public void SetValue<TValue>(string name, TValue value) => _values[name] = value;
    }
}
