// Every test starts processes of its own: side by side they would take the processors from one another.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
