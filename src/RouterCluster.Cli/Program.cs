using RouterCluster.Cli;

return await RouterCtl.RunAsync(args, CliEnvironment.OfProcess());
