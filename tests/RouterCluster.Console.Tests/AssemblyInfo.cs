// One node and one browser serve all tests; side by side they would change each other's channels.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
