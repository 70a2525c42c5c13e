// Tests mostly wait for docker: a few more than there are processors keep these busy. Xunit runs classes side by side.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]
