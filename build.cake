// The build of this repository. Wiring only: dotnet cake --target=NAME, with --description for the list of targets.
#load "tests/engine/engine.cake"

var target = Argument("target", "Default");
var configuration = Argument("configuration", "Release");
var artifacts = MakeAbsolute(Directory("./artifacts"));
var summary = "";

Task("Clean")
    .Description("Removes what earlier builds made.")
    .Does(() => CleanDirectories(new[] { artifacts.FullPath, "./src/*/bin", "./src/*/obj", "./tests/*/bin", "./tests/*/obj", "./tests/standins/*/bin", "./tests/standins/*/obj", "./recipe/*/bin", "./recipe/*/obj" }));

Task("Build")
    .Description("Compiles everything; warnings are errors, and so is code that is not formatted.")
    .Does(() =>
    {
        DotNetBuild("./Cake.MultiPlatform.sln", new DotNetBuildSettings { Configuration = configuration });
        DotNetFormat("./Cake.MultiPlatform.sln", new DotNetFormatSettings { VerifyNoChanges = true, NoRestore = true });
    });

Task("Addin")
    .Description("Compiles the addin alone.")
    .Does(BuildAddin);

Task("Test")
    .Description("Runs unit and integration tests; without a docker engine, on private ones. --tests=Tests or --tests=IntegrationTests runs one of the two.")
    .IsDependentOn("Build")
    .Does(() =>
    {
        EnsureDirectoryExists(artifacts);
        var (passed, failed, skipped) = (0, 0, 0);
        var failures = new List<string>();
        foreach (var project in Argument("tests", "Tests,IntegrationTests").Split(','))
        {
            var results = artifacts.CombineWithFilePath($"{project}.xml");
            var exitCode = StartProcess("dotnet", new ProcessSettings
            {
                Arguments = new ProcessArgumentBuilder()
                    .Append("exec")
                    .AppendQuoted($"./tests/Cake.MultiPlatform.{project}/bin/{configuration}/net10.0/Cake.MultiPlatform.{project}.dll")
                    .Append("-noLogo")
                    .Append("-showLiveOutput")
                    .AppendSwitchQuoted("-xml", results.FullPath),
            });
            if (!FileExists(results))
            {
                throw new CakeException($"The tests of {project} ended with exit code {exitCode} before they had results.");
            }

            var document = System.Xml.Linq.XDocument.Load(results.FullPath);
            int Count(string name) => document.Descendants("assembly").Sum(assembly => (int)assembly.Attribute(name));
            passed += Count("passed");
            failed += Count("failed") + Count("errors");
            skipped += Count("skipped");
            failures.AddRange(document.Descendants("failure").Select(failure => $"{failure.Parent.Attribute("name")?.Value}: {failure.Element("message")?.Value}"));
        }

        // Once more at the end: what failed is hard to find in a long log, and lost where only its end is kept.
        failures.ForEach(Error);

        summary = $"{passed} passed, {failed} failed{(skipped == 0 ? "" : $", {skipped} skipped")}";
        if (failed > 0 || passed == 0)
        {
            throw new CakeException($"{failed} of {passed + failed} tests failed.");
        }
    });

Task("Experiment")
    .Description("Measures buildx against build + manifest on every engine and writes docs/experiment.md; many minutes. --rounds=5 for more rounds than 3.")
    .IsDependentOn("Build")
    .Does(() =>
    {
        var exitCode = StartProcess("dotnet", new ProcessSettings
        {
            Arguments = new ProcessArgumentBuilder()
                .Append("exec")
                .AppendQuoted($"./tests/Cake.MultiPlatform.IntegrationTests/bin/{configuration}/net10.0/Cake.MultiPlatform.IntegrationTests.dll")
                .Append("-noLogo -showLiveOutput -explicit only -class *.ExperimentTests"),
            EnvironmentVariables = new Dictionary<string, string> { ["CAKE_MULTIPLATFORM_EXPERIMENT_ROUNDS"] = Argument("rounds", "3") },
        });
        if (exitCode != 0)
        {
            throw new CakeException("The experiment did not come to its end; the reason stands above.");
        }
    });

Task("Benchmark")
    .Description("Measures the addin, and compares it with docker's own commands. --benchmarks=publish/,micro/platform chooses, --rounds=11 says how often.")
    .Does(() =>
    {
        DotNetBuild("./tests/Cake.MultiPlatform.Benchmarks", new DotNetBuildSettings { Configuration = configuration, Verbosity = DotNetVerbosity.Quiet, NoLogo = true });
        var arguments = new ProcessArgumentBuilder()
            .Append("exec")
            .AppendQuoted($"./tests/Cake.MultiPlatform.Benchmarks/bin/{configuration}/net10.0/Cake.MultiPlatform.Benchmarks.dll")
            .AppendQuoted($"--rounds={Argument("rounds", "11")}");
        foreach (var name in Argument("benchmarks", "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            arguments.AppendQuoted(name);
        }

        if (StartProcess("dotnet", new ProcessSettings { Arguments = arguments }) != 0)
        {
            throw new CakeException("Not all benchmarks ran and kept within their limits; the reasons stand above.");
        }
    });

Task("Pack")
    .Description("Packs the addin and the two recipes into ./artifacts; the version is that of the last git tag, or --package-version=1.2.3.")
    .IsDependentOn("Build")
    .Does(() =>
    {
        var settings = new DotNetPackSettings { Configuration = configuration, NoBuild = true, OutputDirectory = artifacts };
        if (Argument<string>("package-version", null) is { } version)
        {
            // The version is in the assemblies too.
            settings.NoBuild = false;
            settings.MSBuildSettings = new DotNetMSBuildSettings().WithProperty("Version", version);
        }

        foreach (var project in new[] { "./src/Cake.MultiPlatform", "./recipe/Cake.MultiPlatform.Recipe", "./recipe/Cake.Frosting.MultiPlatform.Recipe" })
        {
            DotNetPack(project, settings);
        }
    });

Task("PublishImages")
    .Description("Publishes the sample image for several platforms; without a docker engine, on a private engine and registry. --plan or --dryrun only say how; docs/recipes.md lists the arguments.")
    .IsDependentOn("Addin")
    .WithCriteria(() => !SaysOnlyHow() || SayPlan())
    .Does(() =>
    {
        if (RunRecipe("PublishImages", EnsureEngine()) != 0)
        {
            throw new CakeException("The image was not published; the reason stands above.");
        }
    });

Task("Doctor")
    .Description("Says whether the docker at hand can publish, and what to do where not. Arguments: --image, --platforms, --strategy, --builder, --doctor-json.")
    .IsDependentOn("Addin")
    .Does(() =>
    {
        if (RunRecipe("Doctor", new Dictionary<string, string>()) != 0)
        {
            throw new CakeException("The doctor is not content; the reasons stand above.");
        }
    });

Task("EngineDown")
    .Description("Stops the private engines and the registry, and removes what they hold.")
    .Does(() => RunEngine("down"));

Task("Default")
    .Description("Test and Pack.")
    .IsDependentOn("Test")
    .IsDependentOn("Pack");

// A script of its own: the addin has to be there before the script that uses it starts. Cake keeps a compiled script
// for as long as its text stays the same, so it has to be told when the addin is a newer one.
int RunRecipe(string task, IDictionary<string, string> environment)
{
    var arguments = new ProcessArgumentBuilder().Append("cake ./recipe/web.cake --settings_enablescriptcache=true").Append($"--target={task}");
    var addin = System.IO.File.GetLastWriteTimeUtc($"./src/Cake.MultiPlatform/bin/{configuration}/net10.0/Cake.MultiPlatform.dll");
    if (GetFiles("./recipe/tools/cache/web.*").Any(script => System.IO.File.GetLastWriteTimeUtc(script.FullPath) < addin))
    {
        arguments.Append("--invalidate-script-cache");
    }

    foreach (var argument in Context.Arguments.GetArguments().Where(argument => argument.Key != "target" && argument.Key != "configuration"))
    {
        foreach (var value in argument.Value)
        {
            // Cake does not take "--plan=" for "--plan".
            arguments.AppendQuoted(string.IsNullOrEmpty(value) ? $"--{argument.Key}" : $"--{argument.Key}={value}");
        }
    }

    if (SaysOnlyHow())
    {
        arguments.Append("--dryrun");
    }

    return StartProcess("dotnet", new ProcessSettings { Arguments = arguments, EnvironmentVariables = environment });
}

// Cake takes these words for itself and tells no script of them. It runs no task then, but asks each whether it would run.
bool SaysOnlyHow() => System.Environment.GetCommandLineArgs().Any(word => word is "--dryrun" or "--noop" or "--whatif");

bool SayPlan()
{
    BuildAddin();
    return RunRecipe("PublishImages", EnsureEngine()) == 0;
}

void BuildAddin() => DotNetBuild("./src/Cake.MultiPlatform", new DotNetBuildSettings { Configuration = configuration, Verbosity = DotNetVerbosity.Quiet, NoLogo = true });

try
{
    RunTarget(target);
}
finally
{
    // The last line, without colour, so that people and machines find it.
    if (summary.Length > 0)
    {
        Console.WriteLine(summary);
    }
}
