// The engines come from a shell script.
[assembly: System.Runtime.Versioning.UnsupportedOSPlatform("windows")]

// Tests mostly wait for docker: a few more than there are processors keep these busy. Xunit runs classes side by side.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]
