using RouterCluster.Cli;

return await RouterCtl.RunAsync(args, Surroundings.OfProcess());
