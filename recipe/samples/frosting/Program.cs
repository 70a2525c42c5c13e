// A whole Frosting build: it publishes ../web for two platforms. dotnet run -- --description lists the tasks.
using Cake.Frosting;
using Cake.Frosting.MultiPlatform.Recipe;

return new CakeHost()
    .AddAssembly(typeof(PublishImagesTask).Assembly)
    .UseContext<BuildContext>()
    .Run(args);
