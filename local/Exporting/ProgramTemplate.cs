using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mlops.Infra;
using Mlops.Infra.Publishing;
using Mlops.Local.Processes;
using Mlops.Local.Programs;
using Pulumi;

namespace Mlops.Local.Exporting;

/// <summary>The Pulumi program as one CloudFormation template: for review, not for deployment.</summary>
public static class ProgramTemplate
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // It is no part of a page.
    };

    /// <summary>Carries out the command.</summary>
    /// <exception cref="StartFailedException">The settings cannot be read, or the program cannot be written down.</exception>
    /// <exception cref="StackSettingsException">A setting is missing or wrong.</exception>
    public static async Task WriteAsync(
        TemplateOptions options,
        LocalPlace place,
        TextWriter otherwise,
        CancellationToken cancellationToken
    )
    {
        var file = options.ConfigFile is { } path ? StackFile.Read(path) : StackFile.Read(place.Root, options.Stack);
        var settings = StackSettings.Read(key => file.GetValueOrDefault(key), file.Keys);
        var template = await OfAsync(options.Stack, settings, Target(settings, options.Target));
        var text = template.ToJsonString(Readable) + "\n";
        if (options.Output is null)
        {
            await otherwise.WriteAsync(text.AsMemory(), cancellationToken);
            return;
        }

        try
        {
            await File.WriteAllTextAsync(options.Output, text, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartFailedException($"The template cannot be written: {failure.Message}", failure);
        }
    }

    private static TargetSettings? Target(StackSettings settings, string? name)
    {
        var others = settings.Targets.Where(target => target.SetupRoleArn is not null).ToList();
        return name is null
            ? null
            : others.Find(target => target.Name == name)
                ?? throw new StartFailedException(
                    $"\"{name}\" is no target in another account; {(others.Count == 0 ? "there is none" : $"there are {string.Join(", ", others.Select(target => target.Name))}")}."
                );
    }

    /// <summary>Runs the program with these settings, and writes down what it declares in one account.</summary>
    /// <param name="stack">Name of the stack.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="target">Whose account; null: the orchestrator's.</param>
    /// <exception cref="StartFailedException">Something of it has no counterpart in CloudFormation; the message names it.</exception>
    public static async Task<JsonObject> OfAsync(string stack, StackSettings settings, TargetSettings? target = null)
    {
        var prefix = DeploymentName.Of(ProgramRun.Project, stack);
        var registrations = new Registrations();
        var mocks = new TemplateMocks(prefix, registrations, target);
        var anywhere = settings with { Region = Tokens.Region };
        try
        {
            var made = await ProgramRun.DeclareAsync(
                stack,
                mocks,
                () => new OrchestratorStack(anywhere, Packages(settings.LambdaPackage), registrations.Recording())
            );
            return new TemplateDocument(mocks.Declarations).Write(
                $"What the Pulumi program declares for {prefix}{(target is null ? "" : $" in {target.Name}")}, for review. It is deployed by `pulumi up`, not by this template; the tags that the providers add to everything are not in it.",
                target is null ? await OutputsAsync(made) : []
            );
        }
        catch (Exception failure) when (failure is RunException or NotSupportedException)
        {
            throw new StartFailedException(
                $"The Pulumi program could not be written as a template: {failure.Message}",
                failure
            );
        }
    }

    /// <summary>Nothing is built: the template names the packages only.</summary>
    private static LambdaPackages Packages(LambdaPackageKind kind)
    {
        var runtime = kind == LambdaPackageKind.Managed ? "dotnet10" : "provided.al2023";
        LambdaPackage Package(string name) => new($"{name}.zip", name, runtime, "bootstrap", "x86_64");
        return new LambdaPackages(Package("orchestrator"), Package("deployment-flow"));
    }

    private static async Task<IReadOnlyList<(string Name, string Value)>> OutputsAsync(OrchestratorStack stack)
    {
        var outputs = new List<(string, string)>();
        foreach (var property in typeof(OrchestratorStack).GetProperties())
        {
            if (
                property.GetCustomAttribute<OutputAttribute>()?.Name is { } name
                && property.DeclaringType == typeof(OrchestratorStack)
                && property.GetValue(stack) is Output<string> output
                && await ProgramRun.ValueAsync<string?>(output!) is { } value
            )
            {
                outputs.Add((name, value));
            }
        }

        return outputs;
    }
}
