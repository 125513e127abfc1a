using System.Text.Json;
using System.Text.Json.Nodes;
using Mlops.Local.CodePipelines.Aws;
using Mlops.Local.CodePipelines.Executions;
using Mlops.Local.CodePipelines.Templates;

namespace Mlops.Local.CodePipelines.Actions;

/// <summary>Puts template, template configuration and parameter overrides together.</summary>
internal static class StackRequests
{
    /// <exception cref="ActionFailedException">A file is missing or malformed, or the template refuses what it is given.</exception>
    public static async Task<StackRequest> ReadAsync(
        ActionContext context,
        RoleSession session,
        CancellationToken cancellationToken
    )
    {
        var body = await ArtifactFiles.ReadAsync(
            context,
            session,
            context.Configuration["TemplatePath"],
            cancellationToken
        );
        var template = Template.Parse(body);
        var configuration = context.Optional("TemplateConfiguration") is { } path
            ? Object(path, await ArtifactFiles.ReadAsync(context, session, path, cancellationToken))
            : [];
        if (
            configuration.FirstOrDefault(one => one.Key is not ("Parameters" or "Tags" or "StackPolicy")) is
            { Key: { } unknown }
        )
        {
            throw Malformed(context.Optional("TemplateConfiguration")!, $"unknown member '{unknown}'");
        }

        var parameters = Texts(configuration, "Parameters");
        foreach (var (name, value) in await OverridesAsync(context, session, cancellationToken))
        {
            parameters[name] = value;
        }

        string[] capabilities = (context.Optional("Capabilities") ?? "").Split(
            ',',
            StringSplitOptions.RemoveEmptyEntries
        );
        template.RequireParameters(parameters);
        template.RequireCapabilities(capabilities);
        return new StackRequest(
            context.Configuration["StackName"],
            LocalTemplate.Write(body, parameters),
            parameters,
            Texts(configuration, "Tags"),
            capabilities,
            context.Configuration["RoleArn"],
            configuration["StackPolicy"]?.ToJsonString()
        );
    }

    /// <summary>Values of ParameterOverrides: strings, Fn::GetArtifactAtt and Fn::GetParam.</summary>
    private static async Task<Dictionary<string, string>> OverridesAsync(
        ActionContext context,
        RoleSession session,
        CancellationToken cancellationToken
    )
    {
        const string Name = "ParameterOverrides";
        var overrides = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in Object(Name, context.Optional(Name) ?? "{}"))
        {
            overrides[name] = value switch
            {
                JsonValue text => text.ToString(),
                JsonObject { Count: 1 } function when function["Fn::GetArtifactAtt"] is JsonArray { Count: 2 } of =>
                    Attribute(context, $"{of[0]}", $"{of[1]}"),
                JsonObject { Count: 1 } function when function["Fn::GetParam"] is JsonArray { Count: 3 } of => Object(
                    $"{of[1]}",
                    await ArtifactFiles.ReadAsync(context, session, $"{of[0]}::{of[1]}", cancellationToken)
                )[$"{of[2]}"]
                    ?.ToString()
                    ?? throw Malformed($"{of[1]}", $"no member '{of[2]}'"),
                _ => throw Malformed(Name, $"the value of '{name}' is neither a string nor a known function"),
            };
        }

        return overrides;
    }

    private static string Attribute(ActionContext context, string artifactName, string attribute)
    {
        var artifact = context.Run.Inputs.FirstOrDefault(input => input.Name == artifactName);
        return (artifact, attribute) switch
        {
            (null, _) => throw Malformed("ParameterOverrides", $"'{artifactName}' is not an input artifact"),
            (_, "BucketName") => artifact.Bucket,
            (_, "ObjectKey") => artifact.Key,
            (_, "URL") => $"https://s3.amazonaws.com/{artifact.Bucket}/{artifact.Key}",
            _ => throw Malformed("ParameterOverrides", $"an artifact has no attribute '{attribute}'"),
        };
    }

    private static Dictionary<string, string> Texts(JsonObject configuration, string name)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in configuration[name]?.AsObject() ?? [])
        {
            texts[key] =
                value?.GetValueKind() == JsonValueKind.String
                    ? value.GetValue<string>()
                    : throw Malformed("The template configuration", $"{name}.{key} is not a string");
        }

        return texts;
    }

    private static JsonObject Object(string name, string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject ?? throw Malformed(name, "not a JSON object");
        }
        catch (JsonException e)
        {
            throw Malformed(name, e.Message);
        }
    }

    private static ActionFailedException Malformed(string name, string why) =>
        new("ConfigurationError", $"{name} is not valid: {why}");
}
