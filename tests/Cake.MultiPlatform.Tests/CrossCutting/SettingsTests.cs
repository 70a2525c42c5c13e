using System.Collections;
using System.Reflection;
using Cake.Core.Tooling;

namespace Cake.MultiPlatform.Tests.CrossCutting;

/// <summary>Guards every settings class: no property without effect, no collection that is null.</summary>
public sealed class SettingsTests
{
    // Properties that are not on the command line, each with the reason.
    private static readonly Dictionary<string, string> NotOnTheCommandLine = new(StringComparer.Ordinal)
    {
        [nameof(LoginSettings.Password)] = "Goes to the process: LoginTests.The_password_reaches_docker_by_its_input_only.",
        [nameof(DockerSettings.StandardInput)] = "Goes to the process: RealProcessTests.Standard_input_reaches_docker.",
        [nameof(DockerSettings.Retries)] = "Says how docker is started: RetryTests.Retries_says_how_often.",
        [nameof(DockerSettings.RetryDeadline)] = "Says how docker is started: RetryTests.No_attempt_begins_after_the_deadline.",
    };

    public static TheoryData<Type> Commands => [.. CommandSettings.All];

    public static TheoryData<Type, string> Properties
    {
        get
        {
            var data = new TheoryData<Type, string>();
            foreach (var type in CommandSettings.All)
            {
                foreach (var property in CommandSettings.Properties(type))
                {
                    data.Add(type, property.Name);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Properties))]
    public void Every_property_changes_the_command_line(Type type, string name)
    {
        var (plain, changed) = (CommandSettings.Valid(type), CommandSettings.Valid(type));
        var property = type.GetProperty(name)!;
        CommandSettings.Change(property, changed);
        Assert.Equal(NotOnTheCommandLine.ContainsKey(name), plain.ToArguments().ToString() == changed.ToArguments().ToString());
        changed.Validate();
    }

    [Theory]
    [MemberData(nameof(Properties))]
    public void No_collection_is_null_and_every_one_begins_empty(Type type, string name)
    {
        var property = type.GetProperty(name)!;
        var value = property.GetValue(Activator.CreateInstance(type));
        if (property.PropertyType != typeof(string) && !property.PropertyType.IsSubclassOf(typeof(DockerFields)) && typeof(IEnumerable).IsAssignableFrom(property.PropertyType))
        {
            Assert.Empty(Assert.IsAssignableFrom<IEnumerable>(value));
            Assert.False(property.SetMethod?.IsPublic ?? false, $"{type.Name}.{name} can be set, and so to null.");
        }
        else
        {
            Assert.True(property.SetMethod?.IsPublic ?? false, $"{type.Name}.{name} cannot be set.");
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void What_is_required_is_asked_for_by_name_and_with_an_example(Type type)
    {
        var empty = (DockerSettings)Activator.CreateInstance(type)!;
        if (!CommandSettings.HasRequired(type))
        {
            empty.Validate();
            Assert.StartsWith($"docker {empty.Command}", empty.ToArguments().ToString(), StringComparison.Ordinal);
            return;
        }

        var error = Assert.Throws<Core.CakeException>(empty.Validate);
        Assert.StartsWith($"docker {empty.Command}: ", error.Message, StringComparison.Ordinal);
        Assert.Matches("is missing; (set it|add at least one), e.g. '[^']+'\\.$", error.Message);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void The_docs_of_every_property_that_is_a_flag_begin_with_the_flag(Type type)
    {
        foreach (var property in CommandSettings.Properties(type).Where(property => !NotOnTheCommandLine.ContainsKey(property.Name)))
        {
            var settings = CommandSettings.Valid(type);
            CommandSettings.Change(property, settings);
            var added = settings.ToArguments().ToList().Except(CommandSettings.Valid(type).ToArguments().ToList(), StringComparer.Ordinal).Where(word => word.StartsWith("--", StringComparison.Ordinal)).ToList();
            if (added.Count == 0)
            {
                continue;
            }

            var summary = XmlDocs.Of(property).Element("summary")!.Value.Trim();
            Assert.Contains(added, flag => summary.StartsWith(flag.Split('=')[0], StringComparison.Ordinal) || summary.StartsWith("--buildkitd-config", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Connecting_like_another_command_copies_all_but_what_belongs_to_that_command()
    {
        string[] notCopied =
        [
            nameof(DockerSettings.StandardInput),         // It is the other command's.
            nameof(ToolSettings.ArgumentCustomization),   // The same.
            nameof(ToolSettings.HandleExitCode),          // The same.
            nameof(ToolSettings.PostAction),              // The same.
            nameof(ToolSettings.SetupProcessSettings),    // The same.
            nameof(ToolSettings.NoWorkingDirectory),      // Files are looked for where Cake says.
        ];
        foreach (var property in typeof(DockerSettings).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var (from, to) = (new VersionSettings(), new VersionSettings());
            var before = property.GetValue(to);
            CommandSettings.Change(property, from);
            to.ConnectLike(from);
            Assert.Equal(notCopied.Contains(property.Name, StringComparer.Ordinal) ? before : property.GetValue(from), property.GetValue(to));
        }
    }
}
