using System.Text.Json;
using Mlops.Infra.Publishing;
using Pulumi;

namespace Mlops.Infra;

/// <summary>Reads the stack's settings, builds the functions, and hands both to the declaration.</summary>
internal sealed class Composition : IServiceProvider
{
    /// <summary>The JSON object from which the SDK itself reads the configuration; its <see cref="Config"/> lists no keys.</summary>
    private const string EngineConfiguration = "PULUMI_CONFIG";

    public object? GetService(Type serviceType) => serviceType == typeof(OrchestratorStack) ? Stack() : null;

    private static OrchestratorStack Stack()
    {
        try
        {
            var settings = StackSettings.Read(
                Configuration,
                Keys(Environment.GetEnvironmentVariable(EngineConfiguration))
            );
            var publishing = new LambdaPublishing
            {
                RepositoryRoot = Checkout(),
                Kind = settings.LambdaPackage,
                BlueprintPaths = settings.BlueprintPaths,
                Tell = message => Log.Info(message),
            };

            // The SDK has no asynchronous way to make a stack. There is no synchronization context to lock up.
            var packages = LambdaPublisher.PublishAsync(publishing, CancellationToken.None).GetAwaiter().GetResult();
            return new OrchestratorStack(settings, packages);
        }
        catch (Exception failure) when (failure is StackSettingsException or LambdaPublishingException)
        {
            // Without a stack trace: it is the user's to mend, and the message says how.
            throw new RunException(failure.Message, failure);
        }
    }

    private static string? Configuration(string key)
    {
        var colon = key.IndexOf(':', StringComparison.Ordinal);
        return new Config(key[..colon]).Get(key[(colon + 1)..]);
    }

    /// <summary>Every key that is set. The engine may write <c>mlops:config:key</c> for <c>mlops:key</c>.</summary>
    internal static IReadOnlyList<string> Keys(string? configuration)
    {
        using var json = JsonDocument.Parse(configuration ?? "{}");
        return
        [
            .. json
                .RootElement.EnumerateObject()
                .Select(entry => entry.Name.Replace(":config:", ":", StringComparison.Ordinal)),
        ];
    }

    private static string Checkout()
    {
        for (var folder = new DirectoryInfo(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MlopsPulumi.sln")))
            {
                return folder.FullName;
            }
        }

        throw new LambdaPublishingException("The program runs outside of its checkout: MlopsPulumi.sln was not found.");
    }
}
