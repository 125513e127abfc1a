using System.Collections.Immutable;
using Pulumi.Testing;

namespace Pulumi;

/// <summary>
/// One run of a program. This is the in-process deployment of tests and of the local mode; a real one needs the official
/// packages.
/// </summary>
public sealed partial class Deployment
{
    private static readonly AsyncLocal<DeploymentInstance?> CurrentInstance = new();

    private readonly MockMonitor _monitor;
    private readonly ImmutableDictionary<string, string> _config = ConfigReader.Read();
    private Stack? _stack;

    private Deployment(IMocks mocks, TestOptions? options)
    {
        StackName = options?.StackName ?? "stack";
        ProjectName = options?.ProjectName ?? "project";
        OrganizationName = options?.OrganizationName ?? "organization";
        RootDirectory = options?.RootDirectory;
        IsDryRun = options?.IsPreview ?? true;
        _monitor = new MockMonitor(mocks, StackName, ProjectName);
    }

    /// <summary>The deployment that the caller runs in.</summary>
    public static DeploymentInstance Instance
    {
        get =>
            CurrentInstance.Value
            ?? throw new InvalidOperationException("Trying to acquire Deployment.Instance before 'Run' was called.");
        private set
        {
            if (CurrentInstance.Value is not null)
            {
                throw new InvalidOperationException(
                    "Deployment.Instance should only be set once at the beginning of a 'Run' call."
                );
            }

            CurrentInstance.Value = value;
        }
    }

    internal static Deployment? Current => CurrentInstance.Value?.Deployment;

    internal static Deployment InDeployment => Instance.Deployment;

    internal string StackName { get; }

    internal string ProjectName { get; }

    internal string OrganizationName { get; }

    internal string? RootDirectory { get; }

    internal bool IsDryRun { get; }

    internal Runner Runner { get; } = new();

    internal Stack Stack
    {
        get =>
            _stack
            ?? throw new InvalidOperationException("Trying to acquire Deployment.Stack before 'Run' was called.");
        set => _stack = value;
    }

    internal string? GetConfig(string fullKey) => _config.GetValueOrDefault(fullKey);
}
