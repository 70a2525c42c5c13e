using System.Reflection;
using Cake.Core;
using Cake.Core.Diagnostics;

namespace Cake.Frosting.Internal;

/// <summary>Tells Cake's engine of the tasks and the lifetime.</summary>
internal sealed class FrostingTasks(
    ICakeEngine engine,
    IFrostingContext context,
    ICakeLog log,
    IEnumerable<IFrostingTask> tasks,
    IFrostingSetup setup = null,
    IFrostingTeardown teardown = null)
{
    public void Register()
    {
        foreach (var task in tasks)
        {
            Register(task);
        }

        if (setup is not null)
        {
            engine.RegisterSetupAction(info => setup.Setup(context, info));
        }

        if (teardown is not null)
        {
            engine.RegisterTeardownAction(info => teardown.Teardown(context, info));
        }
    }

    private static string NameOf(Type task) => task.GetCustomAttribute<TaskNameAttribute>()?.Name ?? task.Name;

    private void Register(IFrostingTask task)
    {
        var type = task.GetType();
        if (!ContextOf(type).IsInstanceOfType(context))
        {
            log.Warning("Task cannot be used since the context isn't convertible to {0}.", ContextOf(type).FullName);
            return;
        }

        var registered = engine.RegisterTask(NameOf(type));
        if (type.GetCustomAttribute<TaskDescriptionAttribute>() is { } description)
        {
            registered.Description(description.Description);
        }

        if (Overrides(type, "Run", context.GetType()) || Overrides(type, "RunAsync", context.GetType()))
        {
            registered.Does(task.RunAsync);
        }

        if (Overrides(type, "ShouldRun", context.GetType()))
        {
            registered.WithCriteria(task.ShouldRun);
        }

        if (Overrides(type, "OnError", typeof(Exception), context.GetType()))
        {
            registered.OnError(exception => task.OnError(exception, context));
        }

        if (Overrides(type, "Finally", context.GetType()))
        {
            registered.Finally(() => task.Finally(context));
        }

        foreach (var dependency in type.GetCustomAttributes<IsDependentOnAttribute>())
        {
            registered.IsDependentOn(NameOf(Checked(dependency.Task)));
        }

        foreach (var dependee in type.GetCustomAttributes<IsDependeeOfAttribute>())
        {
            registered.IsDependeeOf(NameOf(Checked(dependee.Task)));
        }
    }

    private static Type Checked(Type task) => typeof(IFrostingTask).IsAssignableFrom(task)
        ? task
        : throw new FrostingException($"The dependency '{NameOf(task)}' is not a valid task.");

    // As in the original, only of a class that derives from the base class itself the context is known.
    private static Type ContextOf(Type task) => task.BaseType is { IsConstructedGenericType: true } parent
        && (parent.GetGenericTypeDefinition() == typeof(FrostingTask<>) || parent.GetGenericTypeDefinition() == typeof(AsyncFrostingTask<>))
        ? parent.GenericTypeArguments[0]
        : typeof(ICakeContext);

    private static bool Overrides(Type task, string method, params Type[] parameters) =>
        task.GetMethod(method, parameters) is { } found && found.GetBaseDefinition().DeclaringType != found.DeclaringType;
}
