using System.Collections.Immutable;

namespace Pulumi;

/// <summary>What a program sees of the deployment that it runs in.</summary>
public sealed class DeploymentInstance
{
    internal DeploymentInstance(Deployment deployment) => Deployment = deployment;

    /// <summary>The stack's name.</summary>
    public string StackName => Deployment.StackName;

    /// <summary>The project's name.</summary>
    public string ProjectName => Deployment.ProjectName;

    /// <summary>The project's folder; fails when the deployment was not told.</summary>
    public string RootDirectory =>
        Deployment.RootDirectory
        ?? throw new InvalidOperationException(
            "The Pulumi CLI version does not support root directory. Please update the Pulumi CLI."
        );

    /// <summary>The organization's name.</summary>
    public string OrganizationName => Deployment.OrganizationName;

    /// <summary>Whether it is a preview.</summary>
    public bool IsDryRun => Deployment.IsDryRun;

    internal Deployment Deployment { get; }

    /// <summary>Calls a function of a provider; the answer is unknown when an argument is.</summary>
    public Output<T> Invoke<T>(string token, InvokeArgs args, InvokeOptions? options = null) =>
        new(Deployment.InvokeWhenKnownAsync<T>(token, args, options));

    /// <inheritdoc cref="Invoke{T}(string, InvokeArgs, InvokeOptions?)"/>
    public Output<T> Invoke<T>(string token, InvokeArgs args, InvokeOutputOptions options) =>
        new(Deployment.InvokeWhenKnownAsync<T>(token, args, options));

    /// <summary>As Invoke, for an answer with a single property: its value.</summary>
    public Output<T> InvokeSingle<T>(string token, InvokeArgs args, InvokeOptions? options = null) =>
        Invoke<ImmutableDictionary<string, T>>(token, args, options).Apply(answer => answer.Values.First());

    /// <inheritdoc cref="InvokeSingle{T}(string, InvokeArgs, InvokeOptions?)"/>
    public Output<T> InvokeSingle<T>(string token, InvokeArgs args, InvokeOutputOptions options) =>
        Invoke<ImmutableDictionary<string, T>>(token, args, options).Apply(answer => answer.Values.First());

    /// <summary>Calls a function of a provider at once, with the arguments that are known.</summary>
    public Task<T> InvokeAsync<T>(string token, InvokeArgs args, InvokeOptions? options = null) =>
        Deployment.InvokeNowAsync<T>(token, args, options);

    /// <summary>As InvokeAsync, for an answer with a single property: its value.</summary>
    public async Task<T> InvokeSingleAsync<T>(string token, InvokeArgs args, InvokeOptions? options = null) =>
        (await Deployment.InvokeNowAsync<ImmutableDictionary<string, T>>(token, args, options)).Values.First();

    /// <summary>Calls a function of a provider at once and leaves its answer.</summary>
    public Task InvokeAsync(string token, InvokeArgs args, InvokeOptions? options = null) =>
        Deployment.InvokeNowAsync<object>(token, args, options);
}
