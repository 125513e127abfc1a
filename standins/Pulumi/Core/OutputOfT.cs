using System.Collections.Immutable;
using Pulumi.Serialization;

namespace Pulumi;

internal interface IOutput
{
    Task<OutputData<object?>> GetDataAsync();

    Output<TResult> ApplyUntyped<TResult>(Func<object?, Output<TResult>> func);
}

/// <summary>A value that is there later, or in a preview perhaps not at all, and that remembers where it came from.</summary>
public sealed class Output<T> : IOutput
{
    internal Output(Task<OutputData<T>> data)
    {
        DataTask = data;
        Deployment.Current?.Runner.Register(data);
    }

    internal Task<OutputData<T>> DataTask { get; }

    /// <summary>An output of the task's result.</summary>
    public static Output<T> Create(Task<T> value) => Create(value, isSecret: false);

    /// <summary>Does something with the value when it is known; the result is no value, and ends when the task does.</summary>
    public Output<ValueTuple> Apply(Func<T, Task> func)
    {
        async Task<ValueTuple> Done(T value)
        {
            await func(value);
            return default;
        }

        return Apply(value => Output.Create(Done(value)));
    }

    /// <summary>
    /// Transforms the value. The function runs when the value is known: never in a preview whose mock did not return it.
    /// The result is secret when the value is.
    /// </summary>
    public Output<TResult> Apply<TResult>(Func<T, TResult> func) => Apply(value => Output.Create(func(value)));

    /// <inheritdoc cref="Apply{TResult}(Func{T, TResult})"/>
    public Output<TResult> Apply<TResult>(Func<T, Task<TResult>> func) => Apply(value => Output.Create(func(value)));

    /// <inheritdoc cref="Apply{TResult}(Func{T, TResult})"/>
    public Output<TResult> Apply<TResult>(Func<T, Input<TResult>?> func) => Apply(value => func(value).ToOutput());

    /// <inheritdoc cref="Apply{TResult}(Func{T, TResult})"/>
    public Output<TResult> Apply<TResult>(Func<T, Output<TResult>?> func) => new(ApplyAsync(func));

    /// <summary>A text that says that an output is not its value; also a warning, or an error on request.</summary>
    public override string ToString()
    {
        const string Message = """
            Calling [ToString] on an [Output<T>] is not supported.

            To get the value of an Output<T> as an Output<string> consider:
            1. o.Apply(v => $"prefix{v}suffix")
            2. Output.Format($"prefix{hostname}suffix");

            See https://www.pulumi.com/docs/concepts/inputs-outputs for more details.
            """;

        if (Environment.GetEnvironmentVariable("PULUMI_ERROR_OUTPUT_STRING")?.ToUpperInvariant() is "1" or "TRUE")
        {
            throw new InvalidOperationException(Message);
        }

        Log.Warn(Message);
        return Message + Environment.NewLine + "This function may throw in a future version of Pulumi.";
    }

    internal static Output<T> Create(Task<T> value, bool isSecret)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(DataAsync());

        async Task<OutputData<T>> DataAsync() => OutputData.Known(await value, isSecret);
    }

    internal Output<T> WithSecret(bool isSecret)
    {
        return new(DataAsync());

        async Task<OutputData<T>> DataAsync() => await DataTask with { IsSecret = isSecret };
    }

    internal async Task<T> GetValueAsync(T whenUnknown)
    {
        var data = await DataTask;
        return data.IsKnown ? data.Value : whenUnknown;
    }

    async Task<OutputData<object?>> IOutput.GetDataAsync()
    {
        var data = await DataTask;
        return data.With<object?>(data.Value);
    }

    Output<TResult> IOutput.ApplyUntyped<TResult>(Func<object?, Output<TResult>> func) => Apply(value => func(value));

    private async Task<OutputData<TResult>> ApplyAsync<TResult>(Func<T, Output<TResult>?> func)
    {
        var data = await DataTask;

        if (!data.IsKnown)
        {
            return data.With<TResult>(default!);
        }

        if (func(data.Value) is not { } output)
        {
            return data.With<TResult>(default!);
        }

        var result = await output.DataTask;
        return new OutputData<TResult>(
            data.Resources.Union(result.Resources),
            result.Value,
            result.IsKnown,
            data.IsSecret || result.IsSecret
        );
    }
}
